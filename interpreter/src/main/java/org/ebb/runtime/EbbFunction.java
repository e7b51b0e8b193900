package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.CompilationFinal;

/**
 * A function of a program. Its call target takes the function itself and then one argument per parameter; a parameter that was left
 * out is null, and the function puts its default there.
 */
public final class EbbFunction extends EbbObject {

    public final FunctionCode code;
    public final EbbModule module;
    @CompilationFinal(dimensions = 1) public final CellBox[] closure;
    /** One value per parameter; null where there is no default. Null as a whole where no parameter has one. */
    @CompilationFinal(dimensions = 1) public final Object[] defaults;
    /** Names and values of the annotations, or null. */
    public Object annotations;

    public EbbFunction(FunctionCode code, EbbModule module, CellBox[] closure, Object[] defaults) {
        super(Types.FUNCTION.instanceShape());
        this.code = code;
        this.module = module;
        this.closure = closure;
        this.defaults = defaults;
    }
}
