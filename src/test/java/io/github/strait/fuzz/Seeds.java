package io.github.strait.fuzz;

import com.github.luben.zstd.Zstd;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.evidence.EvidenceReader;
import io.github.strait.observation.ObservationWriter;
import io.github.strait.syscall.Arch;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Where fuzzing begins: the examples of other tests; a new example is a new seed. */
final class Seeds {
    private static final String BASE = "/io/github/strait/";

    private Seeds() {}

    /** Every example of {@code lines.txt}. */
    static Stream<byte[]> traces() {
        return Stream.of(text("trace/lines.txt").split("\n\n", -1))
                .map(Seeds::trace)
                .filter(trace -> !trace.isEmpty())
                .map(trace -> trace.getBytes(StandardCharsets.UTF_8));
    }

    /** A trace in every compression that is read. */
    static Stream<byte[]> compressed() {
        byte[] plain = "9 getpid() = 9\n9 close(3) = -1 EBADF (Bad file descriptor)\n".getBytes(StandardCharsets.UTF_8);
        return Stream.of(
                Zstd.compress(plain),
                compressed(plain, GZIPOutputStream::new),
                compressed(plain, out -> new XZOutputStream(out, new LZMA2Options(0))));
    }

    /** Logs of each form: a record, one that a program forged, and a loss. */
    static Stream<byte[]> logs() {
        return Stream.of(text("audit/logs.txt").split("(?m)^== .*\n", -1))
                .filter(log -> !log.isEmpty())
                .map(log -> log.getBytes(StandardCharsets.UTF_8));
    }

    /** What {@code strait summarize} writes of the examples that are evidence. */
    static Stream<byte[]> observations() {
        return traces().map(Seeds::observation)
                .flatMap(Optional::stream)
                .map(json -> json.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<String> observation(byte[] trace) {
        try {
            EvidenceReader reader = new EvidenceReader(Optional.empty(), Arch.X86_64, new ByteArrayInputStream(trace));
            return Optional.of(ObservationWriter.write(reader.read(List.of("-")).observation()));
        } catch (RefusalException e) {
            return Optional.empty();
        }
    }

    /** Whole documents, documents with something to warn of, and documents that are refused. */
    static Stream<byte[]> profiles() {
        Stream<String> whole = Stream.of(
                        "plain.json", "moby.json", "loose.json", "empty.json", "calls.names", "spo.yaml", "talos.yaml")
                .map(name -> text("format/" + name));
        Stream<String> parts = Stream.of("refusals.txt", "warnings.txt")
                .flatMap(name -> Stream.of(text("format/" + name).split("== [a-z]+\n", -1)))
                .map(block -> block.split("\n--\n", 2)[0]);
        return Stream.concat(whole, parts).map(document -> document.getBytes(StandardCharsets.UTF_8));
    }

    private static String trace(String block) {
        StringBuilder trace = new StringBuilder();
        for (String row : block.split("\n", -1)) {
            if (row.startsWith("|") || row.startsWith("$")) {
                trace.append(row.substring(1)
                                .replace('␛', '\u001b')
                                .replace('␀', '\0')
                                .replace('␉', '\t'))
                        .append(row.startsWith("|") ? "\n" : "");
            }
        }
        return trace.toString();
    }

    private static String text(String resource) {
        try (InputStream in = Seeds.class.getResourceAsStream(BASE + resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Wrapper {
        OutputStream around(OutputStream out) throws IOException;
    }

    private static byte[] compressed(byte[] plain, Wrapper wrapper) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream compressing = wrapper.around(out)) {
            compressing.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
