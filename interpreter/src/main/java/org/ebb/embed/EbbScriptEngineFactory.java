package org.ebb.embed;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.script.ScriptEngine;
import javax.script.ScriptEngineFactory;
import org.graalvm.polyglot.Engine;

/**
 * Ebb for JSR 223: {@code new ScriptEngineManager().getEngineByName("ebb")}. Engines of one factory share compiled code and nothing else; each
 * is for one thread at a time. For gradients without boxing and for limits use {@link Ebb}.
 */
public final class EbbScriptEngineFactory implements ScriptEngineFactory {

    private Engine shared;

    synchronized Engine shared() {
        if (shared == null) {
            shared = Engine.newBuilder("ebb").option("engine.WarnInterpreterOnly", "false").build();
        }
        return shared;
    }

    @Override
    public String getEngineName() {
        return "Ebb";
    }

    @Override
    public String getEngineVersion() {
        return shared().getLanguages().get("ebb").getVersion();
    }

    @Override
    public List<String> getExtensions() {
        return List.of("ebb");
    }

    @Override
    public List<String> getMimeTypes() {
        return List.of("application/x-ebb");
    }

    @Override
    public List<String> getNames() {
        return List.of("ebb", "Ebb");
    }

    @Override
    public String getLanguageName() {
        return "Ebb";
    }

    @Override
    public String getLanguageVersion() {
        return getEngineVersion();
    }

    /** Null for what there is not: THREADING among them, as an engine is for one thread at a time. */
    @Override
    public Object getParameter(String key) {
        return switch (key) {
            case ScriptEngine.ENGINE -> getEngineName();
            case ScriptEngine.ENGINE_VERSION -> getEngineVersion();
            case ScriptEngine.LANGUAGE -> getLanguageName();
            case ScriptEngine.LANGUAGE_VERSION -> getLanguageVersion();
            case ScriptEngine.NAME -> "ebb";
            default -> null;
        };
    }

    @Override
    public String getMethodCallSyntax(String object, String method, String... arguments) {
        return object + "." + method + "(" + String.join(", ", arguments) + ")";
    }

    @Override
    public String getOutputStatement(String text) {
        return "print('" + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "')";
    }

    @Override
    public String getProgram(String... statements) {
        return Stream.of(statements).map(statement -> statement + "\n").collect(Collectors.joining());
    }

    @Override
    public ScriptEngine getScriptEngine() {
        return new EbbScriptEngine(this);
    }
}
