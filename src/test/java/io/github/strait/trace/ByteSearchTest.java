package io.github.strait.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Eight bytes at a time find what one at a time finds, for every byte at every place. */
class ByteSearchTest {
    private static final int SIZE = 40;

    @Test
    void eachByteIsFoundBehindEachOther() {
        for (int wanted = 0; wanted < 256; wanted++) {
            for (int other = 0; other < 256; other++) {
                byte[] bytes = new byte[SIZE];
                int place = (wanted * 31 + other) % (SIZE - Long.BYTES);
                int from = Math.max(0, place - other % 17);
                Arrays.fill(bytes, (byte) other);
                bytes[place] = (byte) wanted;
                int first = wanted == other ? from : place;
                byte b = (byte) wanted;
                byte none = (byte) (other == 7 ? 8 : 7);
                String shown = wanted + " behind " + other + " at " + place + " from " + from;
                assertEquals(first, ByteSearch.find(bytes, from, b), shown);
                assertEquals(first, ByteSearch.find(bytes, from, SIZE, b), shown);
                assertEquals(first, ByteSearch.findEither(bytes, from, none, b), shown);
                assertEquals(first, ByteSearch.findEither(bytes, from, SIZE, b, none), shown);
                assertEquals(first, ByteSearch.findAny(bytes, from, none, none, b), shown);
                assertEquals(first, ByteSearch.findAny(bytes, from, none, b, none), shown);
                assertEquals(first, ByteSearch.findAny(bytes, from, b, none, none), shown);
            }
        }
    }

    @Test
    void theFirstOfSeveralIsFound() {
        Random random = new Random(7);
        for (int i = 0; i < 100_000; i++) {
            byte[] bytes = new byte[SIZE];
            for (int p = 0; p < SIZE; p++) {
                bytes[p] = (byte) (random.nextInt(4) - 2);
            }
            byte one = (byte) (random.nextInt(4) - 2);
            byte two = (byte) (random.nextInt(4) - 2);
            int from = random.nextInt(SIZE);
            int to = from + random.nextInt(SIZE - from + 1);
            int first = from;
            while (first < to && bytes[first] != one && bytes[first] != two) {
                first++;
            }
            String shown = one + " or " + two + " from " + from + " to " + to + " in " + Arrays.toString(bytes);
            assertEquals(first, ByteSearch.findEither(bytes, from, to, one, two), shown);
            assertEquals(first, one == two ? ByteSearch.find(bytes, from, to, one) : first, shown);
            byte[] padded = Arrays.copyOf(bytes, SIZE + Long.BYTES);
            padded[SIZE - 1] = one;
            int at = from;
            while (padded[at] != one && padded[at] != two) {
                at++;
            }
            assertEquals(at, ByteSearch.findEither(padded, from, one, two), shown);
        }
    }

    @Test
    void digitsEndAtAnyOtherByte() {
        for (int count = 0; count <= Long.BYTES; count++) {
            for (int other = 0; other < 256; other++) {
                byte[] bytes = "9081726354".getBytes(StandardCharsets.US_ASCII);
                bytes[count] = (byte) other;
                long word = ByteSearch.word(bytes, 0);
                boolean isDigit = other >= '0' && other <= '9';
                assertEquals(isDigit ? Long.BYTES : count, ByteSearch.digits(word), count + " digits and " + other);
                if (count > 0) {
                    String digits = "90817263".substring(0, count);
                    assertEquals(Integer.parseInt(digits), ByteSearch.decimal(word, count), digits + " and " + other);
                }
            }
        }
    }
}
