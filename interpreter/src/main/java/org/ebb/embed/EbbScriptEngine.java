package org.ebb.embed;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import javax.script.AbstractScriptEngine;
import javax.script.Bindings;
import javax.script.Compilable;
import javax.script.CompiledScript;
import javax.script.Invocable;
import javax.script.ScriptContext;
import javax.script.ScriptEngine;
import javax.script.ScriptEngineFactory;
import javax.script.ScriptException;
import javax.script.SimpleBindings;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.SourceSection;
import org.graalvm.polyglot.Value;

/** A program of Ebb in the terms of JSR 223. Its engine scope is the program's global names. */
final class EbbScriptEngine extends AbstractScriptEngine implements Compilable, Invocable, AutoCloseable {

    private final EbbScriptEngineFactory factory;
    private final Context program;
    private final Names names;

    /** Where the program prints to: that of the evaluation that runs. */
    private Writer out = context.getWriter();
    private Writer errors = context.getErrorWriter();

    EbbScriptEngine(EbbScriptEngineFactory factory) {
        this.factory = factory;
        this.program = Context.newBuilder("ebb").engine(factory.shared()).allowHostAccess(HostAccess.ALL)
                .out(new ToWriter(() -> out)).err(new ToWriter(() -> errors)).build();
        this.names = new Names(program.getBindings("ebb"));
        context.setBindings(new SimpleBindings(names), ScriptContext.ENGINE_SCOPE);
    }

    @Override
    public Object eval(String text, ScriptContext where) throws ScriptException {
        return eval(source(text, where), where);
    }

    @Override
    public Object eval(Reader text, ScriptContext where) throws ScriptException {
        return eval(read(text), where);
    }

    private static String read(Reader text) throws ScriptException {
        StringWriter all = new StringWriter();
        try {
            text.transferTo(all);
        } catch (IOException unreadable) {
            throw new ScriptException(unreadable);
        }
        return all.toString();
    }

    private static Source source(String text, ScriptContext where) {
        Object name = where.getAttribute(ScriptEngine.FILENAME);
        return Source.newBuilder("ebb", text, name == null ? "<eval>" : name.toString()).buildLiteral();
    }

    private Object eval(Source source, ScriptContext where) throws ScriptException {
        return run(where, () -> {
            Bindings global = where.getBindings(ScriptContext.GLOBAL_SCOPE);
            if (global != null) {
                global.forEach((key, value) -> names.putIfAbsent(key, value));
            }
            Bindings other = where.getBindings(ScriptContext.ENGINE_SCOPE);
            boolean own = other == context.getBindings(ScriptContext.ENGINE_SCOPE);
            if (!own) {
                other.forEach(names::put);
            }
            Object result = Names.toJava(program.eval(source));
            if (!own) {
                names.forEach(other::put);
            }
            return result;
        });
    }

    private <T> T run(ScriptContext where, Supplier<T> work) throws ScriptException {
        out = where.getWriter();
        errors = where.getErrorWriter();
        try {
            return work.get();
        } catch (PolyglotException e) {
            throw failure(e);
        }
    }

    private static ScriptException failure(PolyglotException e) {
        SourceSection place = EbbException.place(e);
        ScriptException failure = place == null ? new ScriptException(e.getMessage())
                : new ScriptException(e.getMessage(), place.getSource().getName(), place.getStartLine(), place.getStartColumn());
        failure.initCause(e.isHostException() ? e.asHostException() : e);
        return failure;
    }

    @Override
    public CompiledScript compile(String text) throws ScriptException {
        Source source = source(text, context);
        run(context, () -> program.parse(source));
        return new CompiledScript() {
            @Override
            public Object eval(ScriptContext where) throws ScriptException {
                return EbbScriptEngine.this.eval(source, where);
            }

            @Override
            public ScriptEngine getEngine() {
                return EbbScriptEngine.this;
            }
        };
    }

    @Override
    public CompiledScript compile(Reader text) throws ScriptException {
        return compile(read(text));
    }

    @Override
    public Object invokeFunction(String name, Object... arguments) throws ScriptException, NoSuchMethodException {
        return invoke(program.getBindings("ebb"), name, arguments);
    }

    @Override
    public Object invokeMethod(Object receiver, String name, Object... arguments) throws ScriptException, NoSuchMethodException {
        return invoke(program.asValue(receiver), name, arguments);
    }

    private Object invoke(Value receiver, String name, Object... arguments) throws ScriptException, NoSuchMethodException {
        if (!receiver.canInvokeMember(name)) {
            throw new NoSuchMethodException("the script has no function '" + name + "'");
        }
        return run(context, () -> Names.toJava(receiver.invokeMember(name, arguments)));
    }

    @Override
    public <T> T getInterface(Class<T> type) {
        return view(program.getBindings("ebb"), type);
    }

    @Override
    public <T> T getInterface(Object receiver, Class<T> type) {
        return view(program.asValue(receiver), type);
    }

    private <T> T view(Value receiver, Class<T> type) {
        for (var method : type.getMethods()) {
            if (Modifier.isAbstract(method.getModifiers()) && !receiver.canInvokeMember(method.getName())) {
                return null;
            }
        }
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
            if (method.getDeclaringClass() == Object.class) {
                return method.invoke(receiver, arguments);
            }
            Value result = run(context, () -> receiver.invokeMember(method.getName(), arguments == null ? new Object[0] : arguments));
            return method.getReturnType() == void.class ? null : result.as(method.getReturnType());
        }));
    }

    @Override
    public Bindings createBindings() {
        return new SimpleBindings();
    }

    @Override
    public ScriptEngineFactory getFactory() {
        return factory;
    }

    @Override
    public void close() {
        program.close(true);
    }

    /** Bytes in UTF-8 to a writer; the language sends whole pieces of text and then flushes. */
    private static final class ToWriter extends OutputStream {
        private final ByteArrayOutputStream held = new ByteArrayOutputStream();
        private final Supplier<Writer> to;

        ToWriter(Supplier<Writer> to) {
            this.to = to;
        }

        @Override
        public void write(int b) {
            held.write(b);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            held.write(bytes, from, length);
        }

        @Override
        public void flush() {
            if (held.size() == 0) {
                return;
            }
            try {
                to.get().write(held.toString(StandardCharsets.UTF_8));
                to.get().flush();
                held.reset();
            } catch (IOException closed) {
                throw new UncheckedIOException(closed);
            }
        }
    }
}
