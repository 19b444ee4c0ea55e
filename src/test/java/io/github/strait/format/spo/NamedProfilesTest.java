package io.github.strait.format.spo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.strait.diagnostic.RefusalException;
import io.github.strait.format.Formats;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What objects that are no profiles are told. */
class NamedProfilesTest {
    private static final String FOLDER =
            "; the kubelet reads such files in /var/lib/kubelet/seccomp of the node: give strait that file";

    private static void assertTold(String message, String text) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        assertEquals(
                message + " [unreadable-profile]",
                assertThrows(RefusalException.class, () -> Formats.read("f", content))
                        .diagnostic()
                        .toString());
    }

    @Test
    void aPodNamesAFileOfItsNode() {
        assertTold(
                "f:7: error: Pod 'probe' is not a profile, but names Localhost profiles/app.json for the pod" + FOLDER,
                """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: probe
                spec:
                  securityContext:
                    seccompProfile: {type: Localhost, localhostProfile: profiles/app.json}
                """);
    }

    @Test
    void eachContainerMayNameItsOwn() {
        assertTold(
                "f:13: error: CronJob 'job' is not a profile, but names RuntimeDefault for the pod, Localhost a.json for"
                        + " container 'a', Unconfined for container 'b'" + FOLDER,
                """
                # values that YAML 1.1 and 1.2 read differently do not matter here
                apiVersion: batch/v1
                kind: CronJob
                metadata: {name: job}
                spec:
                  schedule: 1:30
                  jobTemplate:
                    spec:
                      template:
                        spec:
                          securityContext:
                            seccompProfile:
                              type: RuntimeDefault
                          containers:
                          - {name: a, image: i, securityContext: {seccompProfile: {type: Localhost, localhostProfile: a.json}}}
                          - {name: b, image: i, securityContext: {seccompProfile: {type: Unconfined}}}
                          volumes: [{secret: {defaultMode: 0400}}]
                """);
    }

    @Test
    void theOldAnnotationsCount() {
        assertTold(
                "f:4: error: Pod 'old' is not a profile, but names Localhost app.json for the pod (by an annotation),"
                        + " runtime/default for container 'b' (by an annotation)" + FOLDER,
                """
                {"apiVersion": "v1", "kind": "Pod",
                 "metadata": {"name": "old",
                  "annotations": {
                   "seccomp.security.alpha.kubernetes.io/pod": "localhost/app.json",
                   "container.seccomp.security.alpha.kubernetes.io/b": "runtime/default"}},
                 "spec": {"containers": [{"name": "b", "image": "i"}]}}
                """);
    }

    @Test
    void theFirstObjectThatNamesOneIsTold() {
        assertTold(
                "f:7: error: Deployment 'web' is not a profile, but names RuntimeDefault for container 'c'; no file of a"
                        + " profile is named",
                """
                apiVersion: v1
                kind: Service
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web}
                spec: {template: {spec: {containers: [{name: c, image: i, securityContext: {seccompProfile: {type: RuntimeDefault}}}]}}}
                """);
    }

    @Test
    void whatNamesNoneIsTold() {
        assertTold(
                "f:1: error: Pod 'p' names no seccomp profile: the kubelet runs it without a filter, or with the runtime's"
                        + " default one (seccompDefault)",
                "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c, image: i}]}\n");
        assertTold(
                "f:1: error: AppArmorProfile 'a' is not a SeccompProfile; give strait the profile itself",
                "apiVersion: security-profiles-operator.x-k8s.io/v1alpha1\nkind: AppArmorProfile\nmetadata: {name: a}\n");
        assertTold(
                "f:1: error: an object without a kind is not a SeccompProfile; give strait the profile itself",
                "apiVersion: \"\\e[31m\"\nmetadata: x\n");
    }
}
