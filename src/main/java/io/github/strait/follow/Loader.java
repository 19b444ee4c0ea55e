package io.github.strait.follow;

import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.syscall.OtherMachine;
import io.github.strait.trace.Ending;
import io.github.strait.trace.Line;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Watches the loader of one program for signs of a machine without a table, until the program's first read: the head of
 * the first library, and its folder. A program that only works on files of another machine, such as a linker, has
 * loaded its own libraries by then.
 */
final class Loader {
    /** A loader that has not read by then finds no libraries. */
    private static final int CALLS = 256;

    /** Characters of a path that a message shows. */
    private static final int SHOWN = 200;

    /** Emulators load files of other machines and no libraries of their own. */
    private static final String EMULATOR = "qemu-";

    private boolean over;
    private int calls;
    private String library = "";
    private @Nullable UnsupportedMachine unsupported;

    /** @param program the path of the program, if it is known */
    Loader(String program) {
        over = program.startsWith(EMULATOR, program.lastIndexOf('/') + 1);
    }

    /** Whether further calls show nothing new. */
    boolean isOver() {
        return over;
    }

    @Nullable
    UnsupportedMachine unsupported() {
        return unsupported;
    }

    /** Whether the text of a call that ends so may show something. */
    boolean isShowing(PrintedName printed, Ending ending) {
        return !over && (printed.isReading() || (printed.isOpening() && ending != Ending.ERROR));
    }

    /** Notes a call whose text shows nothing. */
    void pass() {
        over |= ++calls >= CALLS;
    }

    /**
     * Looks at a call, or at its beginning.
     *
     * @param paths what paths mean
     */
    void look(PrintedName printed, Line line, LoaderPaths paths) {
        if (over) {
            return;
        }
        boolean isShowing = isShowing(printed, line.ending());
        pass();
        if (printed.isReading()) {
            over = true;
            line.arguments().bytes(1).ifPresent(head -> read(head, line.position()));
        } else if (isShowing) {
            line.arguments()
                    .string(printed.name().equals("open") ? 0 : 1)
                    .ifPresent(path -> opened(path, paths.of(path), line.position()));
        }
    }

    private void opened(String path, LoaderPaths.Meaning meaning, SourcePosition position) {
        library = meaning.isLibrary() ? path : "";
        if (unsupported == null && meaning.machine().isPresent()) {
            unsupported = new UnsupportedMachine(
                    meaning.machine().get(), what(path), 0, position, UnsupportedMachine.By.LOADER);
        }
    }

    private static String what(String path) {
        return "the library " + (path.length() <= SHOWN ? path : path.substring(0, SHOWN) + "...");
    }

    /** The head of a file says more than its folder. */
    private void read(byte[] head, SourcePosition position) {
        Optional<OtherMachine> machine = ElfHeader.other(head);
        if (ElfHeader.abis(head) != 0) {
            unsupported = null;
        } else if (machine.isPresent() && !library.isEmpty()) {
            unsupported = new UnsupportedMachine(
                    machine.get(), what(library), ElfHeader.bits(head), position, UnsupportedMachine.By.LOADER);
        }
    }
}
