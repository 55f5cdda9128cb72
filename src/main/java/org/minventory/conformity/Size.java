package org.minventory.conformity;

/**
 * A size of stored data, in bytes.
 *
 * @param otherwise the size when a told decimal prefix is read as a binary one; else the same
 */
record Size(double bytes, double otherwise) {
    private static final double TERABYTE = 1e12;

    /** How near the second reading must come: the same number in the other unit, or nothing. */
    private static final double BINARY_SHARE = 0.005;

    /**
     * Whether both may be one size: by the decimal reading within that share of the larger one; else by the binary
     * reading of either. That one has to match closely: a 480 GB disk read as 480 GiB would pass for one of 512 GB,
     * which is not what was ordered. From 1 TB on tools round to one digit ("1.7T"), and the share applies to both.
     */
    boolean fits(Size other, double share) {
        return Values.within(share, bytes, other.bytes)
                || Values.within(binaryShare(share), otherwise, other.bytes)
                || Values.within(other.binaryShare(share), bytes, other.otherwise);
    }

    private double binaryShare(double share) {
        return bytes >= TERABYTE ? share : Math.min(share, BINARY_SHARE);
    }
}
