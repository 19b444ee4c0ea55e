package io.github.strait.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineWordsTest {
    /** Wherever the word stands in the line, and wherever the line stands in the buffer. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type=1326 | 1",
                "SECCOMP auid=0 | 1",
                "49,51,50,54 | 1",
                "83,69,67,67,79,77,80 | 1",
                "kauditd_printk_skb: 12 callbacks suppressed | 2",
                "Suppressed 12 messages from app | 2",
                "audit: rate limit exceeded | 2",
                "audit: audit_lost=5 | 2",
                "audit: audit_backlog=65 > audit_backlog_limit=64 | 2",
                "** 31 printk messages dropped ** | 2",
                "Missed 9 kernel messages | 2",
                "imjournal: 11 messages lost due to rate-limiting | 2",
                "printk: 7 messages suppressed. | 2",
                "suppressed type=1326 | 1",
                "132 6 SECOMP uppress | 0",
                "132 | 0",
            })
    void everyWordIsFound(String text, int kind) {
        for (int before = 0; before < 7; before++) {
            for (int after = 0; after < 3; after++) {
                byte[] line = ("#".repeat(before) + text + "#".repeat(after)).getBytes(StandardCharsets.ISO_8859_1);
                assertEquals(kind, LineWords.find(line, 0, line.length));
                assertEquals(kind, LineWords.find(line, before, line.length - after));
            }
        }
    }
}
