package io.github.strait.cli;

import io.github.strait.bpf.Layout;
import io.github.strait.format.ProfileFormat;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.KernelVersion;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** From the words of the command line to values; classes for the reason of {@link Callbacks}. */
final class Converters {
    private Converters() {}

    static void register(CommandLine command) {
        command.registerConverter(Arch.class, new OfArch());
        command.registerConverter(Console.Colour.class, new OfColour());
        command.registerConverter(DerivationOptions.LayerName.class, new OfLayer());
        command.registerConverter(ProfileFormat.class, new OfFormat());
        command.registerConverter(Layout.class, new OfLayout());
        command.registerConverter(DerivationOptions.ErrnoName.class, new OfErrno());
        command.registerConverter(KernelVersion.class, new OfKernel());
    }

    private static final class OfArch implements ITypeConverter<Arch> {
        @Override
        public Arch convert(String name) {
            try {
                return Arch.parse(name);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
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
