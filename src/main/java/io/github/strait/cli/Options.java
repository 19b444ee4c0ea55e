package io.github.strait.cli;

import java.util.ArrayList;
import java.util.List;

/** Parameters that commands take together, in the order of their help. A subclass declares each in the field that reads it. */
class Options {
    private final List<Parameter<?>> parameters = new ArrayList<>();

    /** All, those of included options too. */
    final List<Parameter<?>> parameters() {
        return parameters;
    }

    final Parameter<Boolean> flag(String name, String description) {
        return add(Parameter.flag("", name, description));
    }

    final Parameter<Boolean> flag(String abbreviation, String name, String description) {
        return add(Parameter.flag(abbreviation, name, description));
    }

    final <T> Parameter<T> option(String name, String label, ValueType<T> type, String description) {
        return add(Parameter.option("", name, label, type, description));
    }

    final <T> Parameter<T> option(
            String abbreviation, String name, String label, ValueType<T> type, String description) {
        return add(Parameter.option(abbreviation, name, label, type, description));
    }

    /** An operand that names a file. */
    final Parameter<String> operand(String label, String description) {
        return operand(label, ValueType.FILE, description);
    }

    final <T> Parameter<T> operand(String label, ValueType<T> type, String description) {
        return add(Parameter.operand(label, type, description));
    }

    /** Takes all parameters of these options as well. */
    final <G extends Options> G include(G options) {
        parameters.addAll(options.parameters());
        return options;
    }

    private <T> Parameter<T> add(Parameter<T> parameter) {
        parameters.add(parameter);
        return parameter;
    }
}
