package io.github.strait.cli;

import io.github.strait.api.OutputFormat;
import io.github.strait.api.ProfileFile;
import io.github.strait.api.StartRequest;
import java.util.Iterator;

/** The way a container is started, which decides the calls made under the filter before the program runs. */
final class StartOptions extends Options {
    private final Parameter<String> runtime = option(
            "--runtime",
            "NAME[@VERSION]",
            ValueType.RUNTIME,
            "What starts the program, and makes calls of its own under the filter: "
                    + "${EACH-WORD} (default: the format's own, as gvisor for gvisor; otherwise docker, which is runc); measured, to derive it from recorded containers.");

    private final Parameter<Boolean> noNewPrivileges = flag(
            "--no-new-privs",
            "The container is started with no-new-privileges; its runtime then needs fewer calls (recommended).");

    private final Parameter<Boolean> init = flag("--init", "The container has an init (docker run --init).");

    private final Parameter<Boolean> exec =
            flag("--exec", "Processes are started in the container later (docker exec, probes).");

    /** What is meant where neither the user nor the format names a runtime. */
    private String usual = StartRequest.DEFAULT.runtime();

    /** Has this one meant where neither the user nor the format names a runtime. */
    void usually(String name) {
        usual = name;
    }

    /** The names for help and completion. */
    static final class RuntimeNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return StartRequest.runtimes().iterator();
        }
    }

    /** The start that is asked for. */
    StartRequest request() {
        return request(usual);
    }

    /** The start that is asked for, of a program under a document of this format. */
    StartRequest request(OutputFormat format) {
        return request(format.runtime().orElse(usual));
    }

    /** The start that is asked for, of a program under this document. */
    StartRequest request(ProfileFile document) {
        return request(document.runtime().orElse(usual));
    }

    private StartRequest request(String otherwise) {
        return new StartRequest(runtime.or(otherwise), noNewPrivileges.isGiven(), init.isGiven(), exec.isGiven());
    }
}
