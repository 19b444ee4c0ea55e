package io.github.strait.record;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A process that the launcher started. It is not a child of this JVM, and has the launcher's standard streams. */
final class SupervisedProcess extends Process {
    private final CompletableFuture<Long> pid = new CompletableFuture<>();
    private final CompletableFuture<Integer> status = new CompletableFuture<>();

    void started(long number) {
        pid.complete(number);
    }

    void ended(int exitStatus) {
        pid.completeExceptionally(new IOException("the launcher did not start it"));
        status.complete(exitStatus);
    }

    void awaitStart() throws IOException {
        try {
            pid.get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** The launcher was killed, so its status is lost: the process goes on until it ends, and counts as failed then. */
    void orphaned() {
        Long known = pid.getNow(null);
        if (known != null) {
            ProcessHandle.of(known).ifPresent(handle -> handle.onExit().join());
        }
        ended(StartStatus.FAILED);
    }

    @Override
    public long pid() {
        return pid.join();
    }

    @Override
    public boolean isAlive() {
        return !status.isDone();
    }

    @Override
    public int exitValue() {
        if (isAlive()) {
            throw new IllegalThreadStateException("has not ended");
        }
        return status.join();
    }

    @Override
    public int waitFor() throws InterruptedException {
        try {
            return status.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public boolean waitFor(long timeout, TimeUnit unit) throws InterruptedException {
        try {
            status.get(timeout, unit);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public CompletableFuture<Process> onExit() {
        return status.thenApply(ended -> this);
    }

    @Override
    public void destroy() {
        ProcessHandle.of(pid()).ifPresent(ProcessHandle::destroy);
    }

    @Override
    public Process destroyForcibly() {
        ProcessHandle.of(pid()).ifPresent(ProcessHandle::destroyForcibly);
        return this;
    }

    @Override
    public OutputStream getOutputStream() {
        return OutputStream.nullOutputStream();
    }

    @Override
    public InputStream getInputStream() {
        return InputStream.nullInputStream();
    }

    @Override
    public InputStream getErrorStream() {
        return InputStream.nullInputStream();
    }
}
