package io.github.strait.evidence;

import io.github.strait.diagnostic.RefusalException;
import io.github.strait.follow.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Reads the sources of evidence, several at once when that saves time. The order does not affect the result. */
final class SourceReaders {
    /** Bytes; below, starting threads costs what they save. */
    private static final long LARGE = 8L << 20;

    /** Reads one source; several threads may do so at the same time. */
    @FunctionalInterface
    interface Reading {
        /** @param vocabulary that of the thread */
        SourceReader read(EvidenceSource source, Vocabulary vocabulary);
    }

    private SourceReaders() {}

    /**
     * What the sources say, in their order.
     *
     * @throws RefusalException that of the first source which cannot be used
     */
    static List<SourceReader> read(List<EvidenceSource> sources, Reading reading) {
        int processors = Runtime.getRuntime().availableProcessors();
        return read(sources, reading, isLarge(sources) ? Math.min(processors, sources.size()) : 1);
    }

    /** Reads with so many threads. */
    static List<SourceReader> read(List<EvidenceSource> sources, Reading reading, int threads) {
        if (threads > 1) {
            return readAtOnce(sources, reading, threads);
        }
        List<SourceReader> parts = new ArrayList<>();
        Vocabulary vocabulary = new Vocabulary();
        for (EvidenceSource source : sources) {
            parts.add(reading.read(source, vocabulary));
        }
        return parts;
    }

    private static boolean isLarge(List<EvidenceSource> sources) {
        long bytes = 0;
        for (EvidenceSource source : sources) {
            for (String file : source.files()) {
                bytes += file.equals(EvidenceFiles.STDIN) ? 0 : size(Path.of(file));
            }
        }
        return bytes >= LARGE;
    }

    /** The size of a file; 0 when unknown, and reading it then reports the error. */
    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }

    private static List<SourceReader> readAtOnce(List<EvidenceSource> sources, Reading reading, int threads) {
        ExecutorService executor = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "evidence");
            thread.setDaemon(true);
            return thread;
        });
        ThreadLocal<Vocabulary> vocabularies = ThreadLocal.withInitial(Vocabulary::new);
        try {
            List<Future<SourceReader>> futures = new ArrayList<>();
            sources.forEach(source -> futures.add(executor.submit(() -> reading.read(source, vocabularies.get()))));
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
