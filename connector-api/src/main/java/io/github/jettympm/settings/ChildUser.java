package io.github.jettympm.settings;

import java.util.regex.Pattern;

/**
 * Whom children run as (httpd's {@code User} and {@code Group}).
 *
 * @param prefix what the names of the properties begin with, such as {@code jetty.prefork}
 * @param user name or number of a user
 * @param group name or number of a group, blank for the one the user has in the password file
 */
public record ChildUser(String prefix, String user, String group) {
    /** As useradd(8) allows them; one that began with a minus would be taken for an option. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*\\$?");

    // Checks the names.
    public ChildUser {
        require(prefix + ".user", user);
        if (!group.isBlank()) {
            require(prefix + ".group", group);
        }
    }

    private static void require(String property, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    property + "=" + name + " is no name or number of an account: use one that the system knows");
        }
    }

    /** The properties, for messages. */
    @Override
    public String toString() {
        return prefix + ".user=" + user + (group.isBlank() ? "" : ", " + prefix + ".group=" + group);
    }
}
