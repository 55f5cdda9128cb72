package org.minventory.survey;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which of the devices that a kernel names belong to the machine, and how one is told. The others (loop
 * devices, memory disks, the bridges and cables of containers) come and go with what runs on it: told as
 * facts, they would make every survey a different one.
 */
public final class Devices {

    private static final Pattern NOT_A_DISK =
            Pattern.compile("(?:loop|ram|zram|dm-|md|sr|scd|fd|nbd|rbd|drbd|zd|bcache|ublk|device-mapper)[0-9_dp-]*"
                    + "|nvme\\d+c\\d+n\\d+|nvme\\d+|ng\\d+n\\d+|hwmon\\d+|mmcblk\\d+(?:boot\\d+|rpmb|gp\\d+)");

    private static final Pattern NOT_A_PORT = Pattern.compile(
            "lo\\d*|ifb.*|dummy.*|teql.*|sit\\d*|gre\\d*|gretap\\d*|erspan\\d*|ip6tnl\\d*|ip6gre\\d*|ip_vti\\d*|ip6_vti\\d*|tunl\\d*"
                    + "|docker.*|veth.*|br-.*|virbr.*|vnet.*|tap.*|macvtap.*|fwbr.*|fwpr.*|fwln.*|lxc.*|lxd.*|incus.*|podman.*|cni.*"
                    + "|cali.*|vxlan.*|flannel.*|cilium.*|weave.*|kube-.*|nodelocaldns|ovs-.*|genev_sys.*|nlmon.*|bonding_masters");

    /** A controller between the kernel and the disks: what turns behind it cannot be told. */
    private static final Pattern RAID_CONTROLLER =
            Pattern.compile("(?i).*(?:perc|raid|megar|logical|virtual|volume|array|\\bmr\\d|lun).*");

    private static final Pattern MAC = Pattern.compile("(?:[0-9a-f]{2}:){5}[0-9a-f]{2}");

    /** {@code sda} before {@code sdb}, {@code nvme2n1} before {@code nvme10n1}: the order in which people count. */
    public static final Comparator<String> AS_PEOPLE_COUNT = Devices::compare;

    private Devices() {}

    /** Whether this is a whole disk of the machine, by its kernel name ({@code sda}, {@code nvme0n1}). */
    public static boolean isDisk(String name) {
        return !name.isBlank() && !NOT_A_DISK.matcher(name).matches();
    }

    /** Whether this is a network port of the machine, or a connection it makes itself (bond, VLAN, tunnel). */
    public static boolean isPort(String name) {
        return !name.isBlank()
                && !NOT_A_PORT.matcher(name.toLowerCase(Locale.ROOT)).matches();
    }

    /** An Ethernet address in lower case; absent where it is none or only zeros. */
    public static Optional<String> mac(String told) {
        String mac = told.toLowerCase(Locale.ROOT).replace('-', ':');
        return MAC.matcher(mac).matches() && !mac.equals("00:00:00:00:00:00") ? Optional.of(mac) : Optional.empty();
    }

    /**
     * A disk as it is told.
     *
     * @param size bytes
     */
    public static ObjectNode disk(
            String name, long size, Optional<String> type, Optional<String> model, Optional<String> serial) {
        ObjectNode disk =
                JsonNodeFactory.instance.objectNode().put("name", name).put("size", size);
        type.ifPresent(told -> disk.put("type", told));
        model.ifPresent(told -> disk.put("model", told));
        serial.ifPresent(told -> disk.put("serial", told));
        return disk;
    }

    /**
     * Of which type a disk is, only where certain: a guest's disk "rotates" whatever it is, and so does one behind a
     * controller.
     *
     * @param rotational what the kernel says: 1 where it turns, 0 where it does not
     */
    public static Optional<String> typeOfDisk(
            String name, Optional<String> model, boolean isGuest, OptionalLong rotational) {
        if (name.toLowerCase(Locale.ROOT).startsWith("nvme")) {
            return Optional.of("nvme");
        }
        boolean isHidden =
                model.map(told -> RAID_CONTROLLER.matcher(told).matches()).orElse(true);
        if (isGuest || isHidden || !name.startsWith("sd") || rotational.isEmpty() || rotational.getAsLong() > 1) {
            return Optional.empty();
        }
        return Optional.of(rotational.getAsLong() == 0 ? "ssd" : "hdd");
    }

    /**
     * A network port as it is told.
     *
     * @param speed bit/s
     */
    public static ObjectNode port(String name, Optional<String> mac, OptionalLong speed) {
        ObjectNode port = JsonNodeFactory.instance.objectNode().put("name", name);
        mac.ifPresent(told -> port.put("mac", told));
        speed.ifPresent(told -> port.put("speed", told));
        return port;
    }

    /** A board is known by who made it and what they call it. */
    public static Optional<String> board(Optional<String> vendor, Optional<String> product) {
        if (vendor.isEmpty() || product.isEmpty()) {
            return product.or(() -> vendor);
        }
        return product.get().startsWith(vendor.get()) ? product : Optional.of(vendor.get() + " " + product.get());
    }

    private static int compare(String left, String right) {
        int i = 0;
        int j = 0;
        while (i < left.length() && j < right.length()) {
            if (isDigit(left.charAt(i)) && isDigit(right.charAt(j))) {
                int endOfLeft = endOfNumber(left, i);
                int endOfRight = endOfNumber(right, j);
                int byNumber = compareNumbers(left.substring(i, endOfLeft), right.substring(j, endOfRight));
                if (byNumber != 0) {
                    return byNumber;
                }
                i = endOfLeft;
                j = endOfRight;
            } else if (left.charAt(i) != right.charAt(j)) {
                return Character.compare(left.charAt(i), right.charAt(j));
            } else {
                i++;
                j++;
            }
        }
        int byRest = Integer.compare(left.length() - i, right.length() - j);
        return byRest == 0 ? left.compareTo(right) : byRest;
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    private static int endOfNumber(String text, int start) {
        int end = start;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** Numbers of any length, leading zeros aside: a hostile name must not overflow. */
    private static int compareNumbers(String left, String right) {
        String shortLeft = withoutLeadingZeros(left);
        String shortRight = withoutLeadingZeros(right);
        int byLength = Integer.compare(shortLeft.length(), shortRight.length());
        return byLength == 0 ? shortLeft.compareTo(shortRight) : byLength;
    }

    private static String withoutLeadingZeros(String digits) {
        int start = 0;
        while (start < digits.length() - 1 && digits.charAt(start) == '0') {
            start++;
        }
        return digits.substring(start);
    }
}
