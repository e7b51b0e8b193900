package org.ebb.op;

import java.util.LinkedHashMap;
import java.util.Map;

/** Second names of rows: what people type who come from elsewhere. */
final class Aliases {

    private Aliases() {}

    static Map<String, String> table() {
        var table = new LinkedHashMap<String, String>();
        for (String line : TEXT.lines().toList()) {
            String[] words = line.strip().split("\\s+");
            for (int k = 1; k < words.length; k++) {
                table.put(words[k], words[0]);
            }
        }
        return table;
    }

    /** A row's name, then its other names. */
    private static final String TEXT = """
            add          plus
            subtract     sub
            multiply     mul
            divide       div true_divide
            negative     neg
            power        pow
            abs          absolute fabs
            mod          remainder
            rint         round_half_even
            trunc        fix
            square       squared
            clip         clamp
            sign         sgn
            invert       bitwise_not
            left_shift   bitwise_left_shift
            right_shift  bitwise_right_shift
            silu         swish
            log_sigmoid  logsigmoid
            arcsin       asin
            arccos       acos
            arctan       atan
            arctan2      atan2
            arcsinh      asinh
            arccosh      acosh
            arctanh      atanh
            degrees      rad2deg
            radians      deg2rad
            sigmoid      expit
            gammaln      lgamma
            equal        eq
            not_equal    ne
            greater      greater_than gt
            greater_equal ge
            less         less_than lt
            less_equal   le
            max          amax
            min          amin
            concatenate  concat cat
            transpose    permute
            moveaxis     movedim
            expand_dims  unsqueeze
            broadcast_to expand
            swapaxes     swapdims
            repeat       repeat_interleave
            astype       cast
            batch_dot    bmm
            matmul       mm
            inv          inverse
            stop_gradient BlockGrad
            """;
}
