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
    private String name;
    private String qualifiedName;
    private Object doc;
    private Object moduleName;

    /** Names and values of the annotations, or null. */
    public Object annotations;

    public EbbFunction(FunctionCode code, EbbModule module, CellBox[] closure, Object[] defaults) {
        super(Types.FUNCTION.instanceShape());
        this.code = code;
        this.module = module;
        this.closure = closure;
        this.defaults = defaults;
    }

    public String name() {
        return name == null ? code.name : name;
    }

    public void rename(String newName) {
        name = newName;
    }

    public String qualifiedName() {
        return qualifiedName == null ? code.qualifiedName : qualifiedName;
    }

    public void requalify(String newName) {
        qualifiedName = newName;
    }

    public Object doc() {
        return doc != null ? doc : code.doc == null ? EbbNone.NONE : code.doc;
    }

    public void document(Object newDoc) {
        doc = newDoc;
    }

    public Object moduleName() {
        return moduleName == null ? module.name : moduleName;
    }

    public void move(Object newModule) {
        moduleName = newModule;
    }
}
