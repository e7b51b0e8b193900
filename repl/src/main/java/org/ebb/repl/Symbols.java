package org.ebb.repl;

import java.util.Map;
import java.util.TreeMap;

/** {@code \alpha} and Tab: symbols that a keyboard lacks, under their names in TeX. */
final class Symbols {

    private static final String GREEK = "alpha α beta β gamma γ delta δ epsilon ε zeta ζ eta η theta θ iota ι kappa κ lambda λ mu μ nu ν xi ξ "
            + "pi π rho ρ sigma σ tau τ upsilon υ phi φ chi χ psi ψ omega ω varphi φ Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Phi Φ "
            + "Psi Ψ Omega Ω";
    private static final String OTHER = " nabla ∇ partial ∂ ell ℓ hbar ℏ infty ∞ sum ∑ prod ∏ int ∫ sqrt √ times × cdot · pm ± approx ≈ "
            + "neq ≠ leq ≤ geq ≥ in ∈ to → _0 ₀ _1 ₁ _2 ₂ _3 ₃ _i ᵢ _j ⱼ _k ₖ _n ₙ _t ₜ ^2 ² ^3 ³ ^T ᵀ";

    /** Made at the first Tab behind a backslash. */
    private static final class Table {
        static final Map<String, String> BY_NAME = new TreeMap<>();

        static {
            String[] words = (GREEK + OTHER).split(" ");
            for (int i = 0; i < words.length; i += 2) {
                BY_NAME.put(words[i], words[i + 1]);
            }
        }
    }

    private Symbols() {}

    /** The symbol whose name ends the text, or null. */
    static String named(String text) {
        int slash = text.lastIndexOf('\\');
        return slash < 0 ? null : Table.BY_NAME.get(text.substring(slash + 1));
    }
}
