package io.github.strait.cli;

import io.github.strait.diagnostic.RefusalException;
import java.util.Locale;
import picocli.AutoComplete;

/** A shell that completes words of strait's command lines. */
enum Shell {
    BASH,
    ZSH,
    FISH;

    /** The shell of that name. */
    static Shell of(String name) {
        for (Shell shell : values()) {
            if (shell.toString().equals(name)) {
                return shell;
            }
        }
        throw RefusalException.usage("invalid value '" + name + "': expected bash, zsh or fish");
    }

    /** The script for it. */
    String script(Console console) {
        return switch (this) {
            case BASH -> AutoComplete.bash("strait", PicocliLine.of(console, Program.COMMANDS));
            case ZSH -> ZshCompletion.of(new Program(console), Program.commands(console));
            case FISH -> FishCompletion.of(new Program(console), Program.commands(console));
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
