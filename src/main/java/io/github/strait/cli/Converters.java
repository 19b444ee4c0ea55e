package io.github.strait.cli;

import com.google.common.collect.ImmutableMap;
import io.github.strait.bpf.Layout;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.format.ProfileFormat;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.KernelVersion;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** From the words of the command line to values; classes for the reason of {@link Callbacks}. */
final class Converters {
    private static final ImmutableMap<Class<?>, ITypeConverter<?>> ALL = ImmutableMap.of(
            Arch.class, new OfArch(),
            Console.Colour.class, new OfColour(),
            LintCommand.FailOn.class, new OfFailOn(),
            DerivationOptions.LayerName.class, new OfLayer(),
            ProfileFormat.class, new OfFormat(),
            CheckFormat.class, new OfCheckFormat(),
            Layout.class, new OfLayout(),
            DerivationOptions.ErrnoName.class, new OfErrno(),
            KernelVersion.class, new OfKernel());

    private Converters() {}

    static void register(CommandLine command) {
        ALL.forEach((type, converter) -> register(command, type, converter));
    }

    @SuppressWarnings("unchecked") // the map has each type with its own converter
    private static <T> void register(CommandLine command, Class<T> type, ITypeConverter<?> converter) {
        command.registerConverter(type, new OfWords<>((ITypeConverter<T>) converter));
    }

    /** The value of a word for fields of the type of that name; empty when it has none, or none that is known here. */
    static Optional<?> convert(String type, String word) {
        try {
            switch (type) {
                case "java.lang.String":
                    return Optional.of(word);
                case "java.nio.file.Path":
                    return Optional.of(Path.of(word));
                default:
                    for (Map.Entry<Class<?>, ITypeConverter<?>> each : ALL.entrySet()) {
                        if (each.getKey().getName().equals(type)) {
                            return Optional.of(each.getValue().convert(word));
                        }
                    }
                    return Optional.empty();
            }
        } catch (RefusalException | InvalidPathException e) {
            return Optional.empty();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("no converter throws what is checked", e);
        }
    }

    /** Turns a refusal into what picocli expects. Any other exception is a fault of the program: see {@link Callbacks}. */
    private record OfWords<T>(ITypeConverter<T> converter) implements ITypeConverter<T> {
        @Override
        public T convert(String word) throws Exception {
            try {
                return converter.convert(word);
            } catch (RefusalException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    private static final class OfArch implements ITypeConverter<Arch> {
        @Override
        public Arch convert(String name) {
            return Arch.parse(name);
        }
    }

    private static final class OfFailOn implements ITypeConverter<LintCommand.FailOn> {
        @Override
        public LintCommand.FailOn convert(String name) {
            return LintCommand.FailOn.of(name);
        }
    }

    private static final class OfColour implements ITypeConverter<Console.Colour> {
        @Override
        public Console.Colour convert(String name) {
            return Console.Colour.of(name);
        }
    }

    private static final class OfLayer implements ITypeConverter<DerivationOptions.LayerName> {
        @Override
        public DerivationOptions.LayerName convert(String name) {
            return DerivationOptions.LayerName.of(name);
        }
    }

    private static final class OfFormat implements ITypeConverter<ProfileFormat> {
        @Override
        public ProfileFormat convert(String name) {
            return DerivationOptions.format(name);
        }
    }

    private static final class OfCheckFormat implements ITypeConverter<CheckFormat> {
        @Override
        public CheckFormat convert(String name) {
            return CheckFormat.of(name);
        }
    }

    private static final class OfLayout implements ITypeConverter<Layout> {
        @Override
        public Layout convert(String name) {
            return FilterFormat.layout(name);
        }
    }

    private static final class OfErrno implements ITypeConverter<DerivationOptions.ErrnoName> {
        @Override
        public DerivationOptions.ErrnoName convert(String name) {
            return DerivationOptions.ErrnoName.of(name);
        }
    }

    private static final class OfKernel implements ITypeConverter<KernelVersion> {
        @Override
        public KernelVersion convert(String version) {
            return DerivationOptions.kernel(version);
        }
    }
}
