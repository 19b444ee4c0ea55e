package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which words of a line are the engine's. */
class EngineWordsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                // all that record does not know, up to --
                "record --image nginx -p 8080:80 -v /a:/b -- nginx -g x"
                        + "; record --image nginx --engine-option=-p --engine-option=8080:80 --engine-option=-v"
                        + " --engine-option=/a:/b -- nginx -g x",
                // its own, wherever they stand
                "record --image=nginx -e A=1 --profile p.json -o t --no-new-privs --rm"
                        + "; record --image=nginx --profile p.json -o t --no-new-privs --engine-option=-e"
                        + " --engine-option=A=1 --engine-option=--rm",
                // names that engines give another meaning
                "record --image nginx --init --attach stdout -- a"
                        + "; record --image nginx --engine-option=--init --engine-option=--attach"
                        + " --engine-option=stdout -- a",
                // before the image all is record's
                "record -v -o x --image nginx -- a -p 1; record -v -o x --image nginx -- a -p 1",
                // without an image, nothing changes
                "record -o x -- a --image b -p 1; record -o x -- a --image b -p 1",
                "record --image; record --image"
            })
    void wordsAreNamed(String line, String named) {
        Console console = new Console(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(new ByteArrayOutputStream()),
                new PrintStream(new ByteArrayOutputStream()));
        assertEquals(List.of(named.split(" ")), List.of(EngineWords.named(line.split(" "), console)));
    }
}
