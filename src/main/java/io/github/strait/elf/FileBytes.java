package io.github.strait.elf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/** Parts of a file, none of them larger than a bound that the caller sets. */
final class FileBytes {
    private final FileChannel channel;
    private final long size;

    FileBytes(FileChannel channel) throws IOException {
        this.channel = channel;
        this.size = channel.size();
    }

    /**
     * A part of the file.
     *
     * @param most the largest length that is read
     * @throws ElfException when it is larger or not all inside of the file
     */
    ByteBuffer read(long at, long length, int most, ByteOrder order, String what) throws IOException {
        if (at < 0 || length < 0 || at > size || length > size - at) {
            throw new ElfException("is damaged: " + what + " is not inside of the file");
        }
        if (length > most) {
            throw new ElfException("is not read: " + what + " is larger than " + most + " bytes");
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) length).order(order);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, at + bytes.position()) <= 0) {
                throw new ElfException("became shorter while it was read");
            }
        }
        return bytes.flip();
    }

    /** As many bytes from there on as there are, up to a number. */
    ByteBuffer head(long at, int most, ByteOrder order) throws IOException {
        return read(at, Math.max(0, Math.min(most, size - at)), most, order, "a part");
    }
}
