package org.ebb.runtime;


/** A computed attribute: getter, setter and deleter, each a callable or null. */
public final class EbbProperty extends EbbVisible {

    public final Object getter;
    public final Object setter;
    public final Object deleter;
    public final Object doc;

    public EbbProperty(Object getter, Object setter, Object deleter, Object doc) {
        this.getter = getter;
        this.setter = setter;
        this.deleter = deleter;
        this.doc = doc;
    }

    @Override
    public EbbClass type() {
        return Types.PROPERTY;
    }
}
