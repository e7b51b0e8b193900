package org.ebb.repl;

import java.util.Map;

/** Tools of the engine that a program can run under. Their jars lie in a folder of their own, which the command takes along only for them. */
enum Tool {
    INSPECT("--inspect", "inspect", "9229"),
    DAP("--dap", "dap", "4711"),
    CPUSAMPLER("--cpusampler", "cpusampler", "true"),
    CPUTRACER("--cputracer", "cputracer", "true"),
    COVERAGE("--coverage", "coverage", "true");

    private final String option;
    private final String engineOption;
    private final String value;

    Tool(String option, String engineOption, String value) {
        this.option = option;
        this.engineOption = engineOption;
        this.value = value;
    }

    /** The tool that a word asks for; null for none. */
    static Tool named(String word) {
        for (Tool tool : values()) {
            if (word.equals(tool.option) || word.startsWith(tool.option + "=") && tool.takesPort()) {
                return tool;
            }
        }
        return null;
    }

    private boolean takesPort() {
        return this == INSPECT || this == DAP;
    }

    CommandLine on(String word, CommandLine.Run run) {
        String given = word.length() > option.length() ? word.substring(option.length() + 1) : value;
        if (takesPort() && !(given.matches("\\d{1,5}") && Integer.parseInt(given) < 65536)) {
            return new CommandLine.Wrong(word + ": a port is a number below 65536");
        }
        return new CommandLine.Tooled(Map.of(engineOption, given), run);
    }

    /** The sampler, which draws what it saw as a picture of the calls. */
    static CommandLine flameGraph(String file, CommandLine.Run run) {
        return file.endsWith(".svg") ? new CommandLine.Tooled(Map.of("cpusampler", "flamegraph", "cpusampler.OutputFile", file), run)
                : new CommandLine.Wrong("--flamegraph draws a picture in SVG: " + file + " must end in .svg");
    }
}
