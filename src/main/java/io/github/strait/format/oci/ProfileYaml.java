package io.github.strait.format.oci;

import io.github.strait.profile.Condition;
import io.github.strait.profile.Flag;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.syscall.Arch;
import io.github.strait.yaml.YamlText;
import java.util.Collection;

/**
 * Writes the object of plain OCI as YAML, as {@link DocumentWriter} does as JSON: one value a line, keys in a fixed order,
 * nothing without effect. YAML 1.1 and 1.2 read it alike.
 */
public final class ProfileYaml {
    private final StringBuilder out = new StringBuilder();

    private ProfileYaml() {}

    /** The keys of a profile, each line indented by two spaces, for a reader that takes them all. */
    public static String of(Profile profile) {
        return text(profile, true);
    }

    /** The same for a reader that returns EPERM by default and has no key to say so. */
    public static String withoutDefaultErrno(Profile profile) {
        return text(profile, false);
    }

    private static String text(Profile profile, boolean hasDefaultErrno) {
        ProfileYaml yaml = new ProfileYaml();
        yaml.line("  defaultAction: " + profile.defaultAction().token());
        if (hasDefaultErrno && profile.defaultErrnoRet().isPresent()) {
            yaml.line("  defaultErrnoRet: " + profile.defaultErrnoRet().getAsInt());
        }
        yaml.list(
                "  ",
                "architectures",
                profile.architectures().stream().map(Arch::scmpToken).toList());
        yaml.list("  ", "flags", profile.flags().stream().map(Flag::token).toList());
        profile.listenerPath().ifPresent(path -> yaml.line("  listenerPath: " + YamlText.of(path)));
        profile.listenerMetadata().ifPresent(text -> yaml.line("  listenerMetadata: " + YamlText.of(text)));
        yaml.line("  syscalls:" + (profile.rules().isEmpty() ? " []" : ""));
        profile.rules().forEach(yaml::rule);
        return yaml.out.toString();
    }

    private void line(String text) {
        out.append(text).append('\n');
    }

    private void list(String indent, String key, Collection<String> values) {
        if (!values.isEmpty()) {
            line(indent + key + ":");
            values.forEach(value -> line(indent + "- " + YamlText.of(value)));
        }
    }

    private void rule(Rule rule) {
        line("  - action: " + rule.action().token());
        rule.errnoRet().ifPresent(errno -> line("    errnoRet: " + errno));
        list("    ", "names", rule.names());
        if (rule.isConditional()) {
            line("    args:");
            rule.conditions().forEach(this::condition);
        }
    }

    private void condition(Condition condition) {
        line("    - index: " + condition.index());
        line("      value: " + Long.toUnsignedString(condition.value()));
        if (condition.operator().takesValueTwo()) {
            line("      valueTwo: " + Long.toUnsignedString(condition.valueTwo()));
        }
        line("      op: " + condition.operator().token());
    }
}
