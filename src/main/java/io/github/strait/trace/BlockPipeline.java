package io.github.strait.trace;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Moves blocks through three stages. They are read one at a time, in order; each is scanned by any worker; and they are
 * taken one at a time, in order again. A worker that has scanned a block before its turn leaves it and goes on. The
 * worker that scans the block whose turn it is also takes those that wait after it.
 */
final class BlockPipeline {
    /** Blocks for each worker: one being scanned, and one or two that wait. */
    private static final int BLOCKS_EACH = 3;

    private final BlockReader blocks;
    private final Consumer<Block> taker;
    private final Map<Long, Block> waiting = new HashMap<>();
    private final Deque<Block> free = new ArrayDeque<>();
    private final Object reading = new Object();
    private long turn;
    private boolean taking;
    private boolean ended;
    private @Nullable Throwable failure;

    /** @param taker is given the blocks in their order, never two at once */
    BlockPipeline(BlockReader blocks, Consumer<Block> taker) {
        this.blocks = blocks;
        this.taker = taker;
    }

    /**
     * Moves all blocks with this number of workers, including the calling thread.
     *
     * @param scanners makes a scanner for each worker
     */
    void run(int workers, Supplier<BlockScanner> scanners) throws IOException {
        for (int i = 0; i < (workers == 1 ? 1 : workers * BLOCKS_EACH); i++) {
            free.add(blocks.block());
        }
        List<Thread> threads = new ArrayList<>();
        for (int i = 1; i < workers; i++) {
            Thread thread = new Thread(() -> work(scanners.get()), "reader-" + i);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        work(scanners.get());
        for (Thread thread : threads) {
            join(thread);
        }
        if (failure instanceof IOException e) {
            throw e;
        } else if (failure instanceof RuntimeException e) {
            throw e;
        } else if (failure instanceof Error e) {
            throw e;
        }
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void work(BlockScanner scanner) {
        try {
            for (Block block = next(); block != null; block = next()) {
                scanner.scan(block);
                pass(block);
            }
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
        }
    }

    /** The next block that was read; null at the end, or when a worker has failed. */
    private @Nullable Block next() throws IOException {
        Block block = takeFree();
        if (block == null) {
            return null;
        }
        synchronized (reading) {
            if (!ended && blocks.read(block)) {
                return block;
            }
            ended = true;
        }
        giveBack(block);
        return null;
    }

    private synchronized @Nullable Block takeFree() {
        boolean interrupted = false;
        while (free.isEmpty() && failure == null) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return failure == null ? free.removeLast() : null;
    }

    private synchronized void giveBack(Block block) {
        free.addLast(block);
        notifyAll();
    }

    private void pass(Block block) {
        for (Block due = due(block); due != null; due = due(null)) {
            taker.accept(due);
            giveBack(due);
        }
    }

    /** The block whose turn it is, if it is here and no other thread is taking; the caller then takes it. */
    private synchronized @Nullable Block due(@Nullable Block arrived) {
        if (arrived != null) {
            waiting.put(arrived.index, arrived);
            if (taking) {
                return null;
            }
        }
        Block due = waiting.remove(turn);
        taking = due != null;
        turn += taking ? 1 : 0;
        return due;
    }

    private synchronized void fail(Throwable e) {
        if (failure == null) {
            failure = e;
        }
        notifyAll();
    }
}
