package io.github.strait.evidence;

import io.github.strait.diagnostic.RefusalException;
import io.github.strait.evidence.EvidenceFiles.EvidenceSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Reads the pieces of evidence, several at once where that saves time; in which order does not show. */
final class SourceReaders {
    /** Bytes; below, starting threads costs what they save. */
    private static final long LARGE = 8L << 20;

    /** Reads one piece; several threads may do so at the same time. */
    @FunctionalInterface
    interface Reading {
        SourceReader read(EvidenceSource piece);
    }

    private SourceReaders() {}

    /**
     * What the pieces say, in their order.
     *
     * @throws RefusalException that of the first piece which cannot be used
     */
    static List<SourceReader> read(List<EvidenceSource> pieces, Reading reading) {
        int processors = Runtime.getRuntime().availableProcessors();
        return read(pieces, reading, isLarge(pieces) ? Math.min(processors, pieces.size()) : 1);
    }

    /** Reads with so many threads. */
    static List<SourceReader> read(List<EvidenceSource> pieces, Reading reading, int threads) {
        if (threads > 1) {
            return readAtOnce(pieces, reading, threads);
        }
        List<SourceReader> parts = new ArrayList<>();
        for (EvidenceSource piece : pieces) {
            parts.add(reading.read(piece));
        }
        return parts;
    }

    private static boolean isLarge(List<EvidenceSource> pieces) {
        long bytes = 0;
        for (EvidenceSource piece : pieces) {
            for (String file : piece.files()) {
                bytes += file.equals(EvidenceFiles.STDIN) ? 0 : size(Path.of(file));
            }
        }
        return bytes >= LARGE;
    }

    /** The size of a file; 0 when it cannot be told, which who reads it will tell. */
    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }

    private static List<SourceReader> readAtOnce(List<EvidenceSource> pieces, Reading reading, int threads) {
        ExecutorService executor = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "evidence");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<SourceReader>> futures = new ArrayList<>();
            pieces.forEach(piece -> futures.add(executor.submit(() -> reading.read(piece))));
            List<SourceReader> parts = new ArrayList<>();
            for (Future<SourceReader> future : futures) {
                parts.add(get(future));
            }
            return parts;
        } finally {
            executor.shutdownNow();
        }
    }

    private static SourceReader get(Future<SourceReader> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while evidence was read", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            } else if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
