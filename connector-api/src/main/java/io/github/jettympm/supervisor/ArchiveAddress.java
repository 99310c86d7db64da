package io.github.jettympm.supervisor;

import java.security.SecureRandom;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The address that an archive of classes is made for. It is drawn anew for each, so that nobody knows it from outside, and all
 * children map the archive there.
 */
final class ArchiveAddress {
    /** Others want addresses that references to classes can be packed for; there each child has its own. */
    private static final String ARCHITECTURE = "amd64";

    /** Below this are large heaps and what is mapped low, from the other on the stack, libraries and the program itself. */
    private static final long LOWEST = 0x1000_0000_0000L;

    private static final long HIGHEST = 0x5000_0000_0000L;

    /** The largest that a virtual machine asks for: that of its space for classes. */
    private static final int ALIGNMENT = 16 << 20; // bytes

    private static final SecureRandom RANDOM = new SecureRandom();

    /** Whoever says where archives go is left alone. */
    private static final Pattern PLACING = Pattern.compile("-XX:(ArchiveRelocationMode|SharedBaseAddress)=.*");

    private final boolean drawn;

    /**
     * Finds out whether there is one.
     *
     * @param options those that children have anyway
     */
    ArchiveAddress(List<String> options) {
        this.drawn = System.getProperty("os.arch").equals(ARCHITECTURE)
                && options.stream().noneMatch(option -> PLACING.matcher(option).matches());
    }

    /** What the virtual machine that makes an archive is to be told: one at the alignment, of which there are four million. */
    List<String> optionsToMake() {
        if (!drawn) {
            return List.of();
        }
        long address = RANDOM.nextLong(LOWEST / ALIGNMENT, HIGHEST / ALIGNMENT) * ALIGNMENT;
        return List.of("-XX:SharedBaseAddress=0x" + Long.toHexString(address));
    }

    /** What those are to be told that start from it, so that it lies where it was meant to be. */
    List<String> optionsToUse() {
        return drawn ? List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:ArchiveRelocationMode=0") : List.of();
    }
}
