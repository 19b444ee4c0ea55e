package io.github.strait.api;

import com.google.common.base.CharMatcher;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.evidence.Evidence;
import io.github.strait.format.Ability;
import io.github.strait.format.Formats;
import io.github.strait.format.ReadableFormat;
import io.github.strait.format.Reader;
import io.github.strait.format.Reading;
import io.github.strait.observation.RecordingHeader;
import io.github.strait.profile.Profile;
import io.github.strait.record.SystemdAnalyze;
import io.github.strait.trace.Compression;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** A profile file: its name and its bytes. */
public record ProfileFile(String name, byte[] content) {
    /** The name of standard input. */
    public static final String STDIN = "-";

    /** The number of bytes examined to distinguish a profile from evidence. */
    static final int HEAD = 1 << 14;

    private static final Pattern OBSERVATION = Pattern.compile("\\A\\{\\s*+\"strait\"\\s*+:\\s*+\"observation/");

    /** A line of strace; its first parenthesis is that of the call. */
    private static final Pattern CALL = Pattern.compile("(?m)^[^\\n(\"{]{2,100}\\([^\\n]*\\) += [-?0-9]");

    /** The characters that begin a comment. */
    private static final CharMatcher COMMENT = CharMatcher.anyOf("/#");

    /** Reads a file; {@code -} is the given stream, and {@code pid:4711} the filters of a running process. */
    public static ProfileFile read(String file, InputStream stdin) {
        if (RunningProcess.isOne(file)) {
            return new ProfileFile(file, RunningProcess.filters(file));
        }
        try (InputStream in = open(file, stdin)) {
            // one byte more than a profile may have: a file of any size takes bounded memory
            byte[] content = in.readNBytes(ReadableFormat.MAX_BYTES + 1);
            if (isEvidence(content)) {
                throw RefusalException.of(
                        "unreadable-profile",
                        Path.of(file),
                        "is evidence, not a profile; make a profile of it with: strait generate");
            }
            if (content.length > ReadableFormat.MAX_BYTES) {
                throw RefusalException.of(
                        "unreadable-profile",
                        Path.of(file),
                        "larger than the " + ReadableFormat.MAX_BYTES + " bytes that are read; is it a profile?");
            }
            return new ProfileFile(file, file.equals(STDIN) ? content : UnitFiles.withDropIns(Path.of(file), content));
        } catch (InvalidPathException e) {
            throw RefusalException.of("unreadable-profile", "the name of a file cannot be read: " + e.getReason());
        } catch (IOException e) {
            Path path = Path.of(file);
            String fix = Files.isDirectory(path)
                    ? "is a directory; name the files in it"
                    : Files.exists(path) ? "cannot be read; check its permissions" : "does not exist; check its name";
            throw RefusalException.of("unreadable-profile", path, fix);
        }
    }

    /** Whether a name is that of a trace, an observation or a folder of these, and not of a profile. */
    public static boolean namesEvidence(String file) {
        if (file.equals(STDIN) || RunningProcess.isOne(file)) {
            return false;
        }
        try {
            Path path = Path.of(file);
            if (Files.isDirectory(path)) {
                return !UnitFiles.isFolder(path);
            }
            if (!Files.isRegularFile(path)) {
                return false;
            }
            try (InputStream in = Files.newInputStream(path)) {
                return isEvidence(in.readNBytes(ReadableFormat.MAX_BYTES + 1));
            }
        } catch (IOException | InvalidPathException e) {
            return false;
        }
    }

    /**
     * The profile that {@code generate} would derive from evidence with its defaults, for this start.
     *
     * @throws RefusalException when it derives none
     */
    public static ProfileFile derivedFrom(String file, Evidence evidence, StartRequest start) {
        Profile profile = DerivationRequest.builder()
                .start(start)
                .build()
                .derivation(evidence.observation())
                .plain();
        return new ProfileFile(file, Formats.usual().write(profile));
    }

    private static InputStream open(String file, InputStream stdin) throws IOException {
        if (file.equals(STDIN)) {
            return stdin;
        }
        Path path = Path.of(file);
        return UnitFiles.isFolder(path)
                ? new ByteArrayInputStream(UnitFiles.ofFolder(path))
                : Files.newInputStream(path);
    }

    /** Whether the file is a trace or an observation, given where a profile belongs. */
    private static boolean isEvidence(byte[] content) {
        String head;
        try (InputStream plain = Compression.open(new ByteArrayInputStream(content))) {
            head = new String(plain.readNBytes(HEAD), StandardCharsets.ISO_8859_1).stripLeading();
        } catch (IOException e) {
            return false;
        }
        return head.startsWith("{")
                ? OBSERVATION.matcher(head).find()
                : RecordingHeader.begins(head)
                        || !head.isEmpty()
                                && !COMMENT.matches(head.charAt(0))
                                && !isUnit(content, head)
                                && CALL.matcher(head).find();
    }

    /** What a reader reads. Only where a document may name groups of systemd, the machine's systemd is asked for them. */
    Reading reading(Reader reader) {
        return Formats.read(name, content, asking(reader));
    }

    /** The same reader, who knows what the document may ask of the machine. */
    Reader asking(Reader reader) {
        return mayNameGroups() && reader.machine() == Machine.here().nativeArch()
                ? reader.with(SystemdAnalyze.groups())
                : reader;
    }

    /** Whether it is a document that means what a machine's systemd makes of it. */
    boolean mayNameGroups() {
        return Formats.detect(content).traits().has(Ability.GROUPS);
    }

    /** Whether it begins with a section of a unit, whose text may look like a call. */
    private static boolean isUnit(byte[] content, String head) {
        return head.startsWith("[") && Formats.recognise(content).isPresent();
    }

    /** The profile as a reader reads it. Warns about parts without effect. */
    Profile profile(Reader reader, DiagnosticListener listener) {
        return reading(reader, listener).profile();
    }

    /** The document as a reader reads it. Warns about parts without effect. */
    Reading reading(Reader reader, DiagnosticListener listener) {
        Reading reading = reading(reader);
        listener.diagnostics(reading.diagnostics());
        return reading;
    }

    /** What starts programs under such a document, as {@code --runtime} calls it; empty when several may. */
    public Optional<String> runtime() {
        return Formats.detect(content).runtime();
    }

    /** The file as a place in a diagnostic. */
    SourcePosition position() {
        return SourcePosition.ofFile(name);
    }
}
