package io.github.strait.cli;

import java.io.IOException;

/** A command of the program: its parameters, its help and its action. Each command line makes a new one. */
abstract class Command extends Options {
    /** Whether the words from the first operand on are a command that is started. */
    final boolean startsProgram() {
        for (Parameter<?> parameter : parameters()) {
            if (parameter.type() == ValueType.COMMAND) {
                return true;
            }
        }
        return false;
    }

    /** The parts of the help other than the parameters. */
    abstract CommandHelp help();

    /** Does what the line asks for, and returns the exit status. */
    abstract int run() throws IOException;
}
