package io.github.strait.live;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A live test, or a class of them, that runs these programs. Without one of them it fails where live tests are required
 * ({@code CI=true} in the environment, or {@code -Dstrait.live=required}) and is skipped aloud elsewhere;
 * {@code -Dstrait.live=optional} overrides {@code CI}.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(RequiresTool.All.class)
@ExtendWith(RequiresToolCondition.class)
public @interface RequiresTool {
    /** Names of programs, as found on {@code PATH}. */
    String[] value();

    /** Whether only root can run them so. */
    boolean asRoot() default false;

    /** Several of them: an element needs what each names. */
    @Target({ElementType.TYPE, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @ExtendWith(RequiresToolCondition.class)
    @interface All {
        RequiresTool[] value();
    }
}
