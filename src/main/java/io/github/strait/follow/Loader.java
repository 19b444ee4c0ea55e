package io.github.strait.follow;

import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.syscall.OtherMachine;
import io.github.strait.trace.Ending;
import io.github.strait.trace.Line;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    /** {@code libc.so.6}, {@code ld-musl-sh.so.1}, {@code libm-2.31.so}. */
    private static final Pattern LIBRARY = Pattern.compile("/[^/]+\\.so(\\.[\\w.]*)?$");
    /** A folder called by a triplet, not that of a cross compiler's libraries, which is below {@code /usr} itself. */
    private static final Pattern FOLDER = Pattern.compile(
            "^(?!/usr/[^/]+-linux-[^/]+/|.*/gcc-cross/)/.*?/([A-Za-z0-9_.]+)(-[A-Za-z0-9_]+)?-linux-(gnu|musl|uclibc)[^/]*/");
    /** Where musl's loader finds its folders. */
    private static final Pattern MUSL = Pattern.compile("^/etc/ld-musl-([a-z0-9_]+)[^/]*\\.path$");

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

    /** Looks at a call, or at its beginning. */
    void look(PrintedName printed, Line line) {
        if (over) {
            return;
        }
        pass();
        if (printed.isReading()) {
            over = true;
            line.arguments().bytes(1).ifPresent(head -> read(head, line.position()));
        } else if (isShowing(printed, line.ending())) {
            line.arguments()
                    .string(printed.name().equals("open") ? 0 : 1)
                    .ifPresent(path -> opened(path, line.position()));
        }
    }

    private void opened(String path, SourcePosition position) {
        library = LIBRARY.matcher(path).find() ? path : "";
        Optional<OtherMachine> machine = triplet(path, library.isEmpty() ? MUSL : FOLDER);
        if (unsupported == null && machine.isPresent()) {
            unsupported = new UnsupportedMachine(machine.get(), what(path), 0, position, UnsupportedMachine.By.LOADER);
        }
    }

    private static String what(String path) {
        return "the library " + (path.length() <= SHOWN ? path : path.substring(0, SHOWN) + "...");
    }

    private static Optional<OtherMachine> triplet(String path, Pattern pattern) {
        Matcher matcher = pattern.matcher(path);
        return matcher.find() ? OtherMachine.ofTriplet(matcher.group(1)) : Optional.empty();
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
