package org.minventory.cli;

import java.util.List;

/** A customer with so many elements, and the robots that speak for it. */
record BenchSize(String customer, int elements, List<String> robots) {
    String robot(int connection) {
        return robots.get(connection % robots.size());
    }
}
