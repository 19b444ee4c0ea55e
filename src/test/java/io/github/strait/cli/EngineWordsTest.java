package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableList;
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
                "record --image nginx -p 8080:80 -v /a:/b -- nginx -g x; record --image nginx -- nginx -g x; -p 8080:80 -v /a:/b",
                // its own, wherever they stand
                "record --image=nginx -e A=1 --profile p.json -o t --no-new-privs --rm"
                        + "; record --image=nginx --profile p.json -o t --no-new-privs; -e A=1 --rm",
                // names that engines give another meaning
                "record --image nginx --init --attach stdout -- a; record --image nginx -- a; --init --attach stdout",
                // before the image all is record's
                "record -v -o x --image nginx -- a -p 1; record -v -o x --image nginx -- a -p 1;",
                "--color never record --image nginx -d -- a; --color never record --image nginx -- a; -d",
                // without an image, nothing changes
                "record -o x -- a --image b -p 1; record -o x -- a --image b -p 1;",
                "generate --image b -p 1; generate --image b -p 1;",
                "record --image; record --image;",
                // heal has options of its own, and lacks others
                "heal --image nginx -p 80:80 --yes -o x --profile record -- a -p"
                        + "; heal --image nginx --yes --profile record -- a -p; -p 80:80 -o x"
            })
    void wordsAreDivided(String line, String own, String engines) {
        Console console = new Console(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(new ByteArrayOutputStream()),
                new PrintStream(new ByteArrayOutputStream()));
        assertEquals(
                new EngineWords(
                        ImmutableList.copyOf(own.split(" ")),
                        engines == null ? ImmutableList.of() : ImmutableList.copyOf(engines.split(" "))),
                EngineWords.of(List.of(line.split(" ")), console));
    }
}
