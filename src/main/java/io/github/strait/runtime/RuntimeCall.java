package io.github.strait.runtime;

import com.google.common.collect.ImmutableList;
import io.github.strait.syscall.TableResource;
import java.util.List;

/**
 * A call that a container runtime makes under the filter of the container: a row of the resource {@code runtimes.tsv}.
 *
 * @param runtime who makes it
 * @param from the first version that is known to
 * @param noNewPrivileges whether the container had no_new_privs set
 * @param mode how the program was started
 * @param syscall libseccomp's name
 * @param need what happens without it
 * @param why what it is for
 */
public record RuntimeCall(
        String runtime, Release from, boolean noNewPrivileges, Mode mode, String syscall, Need need, String why) {

    /** How a program is started. */
    public enum Mode {
        /** In a new container, by {@code run} or by {@code create} and {@code start}. */
        RUN,
        /** In a container that runs already. */
        EXEC,
        /** The program that {@code --init} puts before it. */
        INIT;

        String label() {
            return switch (this) {
                case RUN -> "run";
                case EXEC -> "exec";
                case INIT -> "init";
            };
        }

        static Mode parse(String label) {
            return switch (label) {
                case "run" -> RUN;
                case "exec" -> EXEC;
                case "init" -> INIT;
                default -> throw new IllegalArgumentException("not a mode: " + label);
            };
        }
    }

    /** The consequence when the call fails. */
    public enum Need {
        /** The program does not start. */
        MUST,
        /** The program does not start in some runs: it depends on how threads are scheduled. */
        AT_TIMES,
        /** The program does not start in some ways, as where an engine creates a container and starts it later. */
        IN_SOME_WAYS,
        /** The program starts all the same. */
        SEEN;

        static Need parse(String label) {
            return switch (label) {
                case "must" -> MUST;
                case "at-times" -> AT_TIMES;
                case "some-ways" -> IN_SOME_WAYS;
                case "seen" -> SEEN;
                default -> throw new IllegalArgumentException("not a need: " + label);
            };
        }
    }

    /** All rows, in the order of the resource. */
    static final ImmutableList<RuntimeCall> ALL =
            TableResource.read(RuntimeCall.class, "runtimes.tsv").rows(RuntimeCall::of);

    private static RuntimeCall of(List<String> row) {
        return new RuntimeCall(
                row.get(0),
                release(row.get(1)),
                isYes(row.get(2)),
                Mode.parse(row.get(3)),
                row.get(4),
                Need.parse(row.get(5)),
                row.get(6));
    }

    static Release release(String cell) {
        return cell.equals(TableResource.ABSENT) ? Release.ANY : Release.parse(cell);
    }

    private static boolean isYes(String cell) {
        return switch (cell) {
            case "yes" -> true;
            case "no" -> false;
            default -> throw new IllegalArgumentException("neither yes nor no: " + cell);
        };
    }

    /** Whether a program that has to start each time needs it. */
    public boolean isNeeded() {
        return need != Need.SEEN;
    }

    /** The names that it has on the ABIs, that of x86_64 first. */
    public ImmutableList<String> names() {
        return RuntimeCalls.names(syscall);
    }

    /** The values of its arguments that were measured, of those that profiles may compare. */
    public ImmutableList<RuntimeArgument> arguments() {
        return RuntimeArgument.of(this);
    }

    /** What begins a row of {@code runtime-arguments.tsv} about it. */
    String key() {
        String version = from.equals(Release.ANY) ? TableResource.ABSENT : from.toString();
        return runtime + " " + version + (noNewPrivileges ? " yes " : " no ") + mode.label() + " " + syscall;
    }

    /** The runtime, and {@code exec} when that is how it was used. */
    String command() {
        return mode == Mode.EXEC ? runtime + " exec" : runtime;
    }
}
