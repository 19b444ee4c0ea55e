package io.github.strait.live;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A live test that runs the workloads of {@link TracedProgram} in containers, as root; what starts these it names itself. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@RequiresTool(
        value = {
            "unshare",
            "jq",
            "ip",
            "curl",
            "openssl",
            "git",
            "gcc",
            "nginx",
            "node",
            "psql",
            "redis-server",
            "redis-cli"
        },
        asRoot = true)
@interface RequiresWorkloads {}
