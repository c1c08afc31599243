namespace ProvableSec.ServiceData;

/// <summary>
/// What an action does, in the words of the service authorization reference. An action may have several levels at once:
/// one that changes permissions is <see cref="PermissionsManagement"/> and <see cref="Write"/>, so test with
/// <c>HasFlag</c>, not for equality.
/// </summary>
[Flags]
public enum AccessLevels
{
    /// <summary>No level. No action of the catalogue has it.</summary>
    None = 0,

    /// <summary>Lists resources, without showing what is in them.</summary>
    List = 1,

    /// <summary>Reads the contents or the attributes of resources.</summary>
    Read = 2,

    /// <summary>Creates, deletes or changes resources.</summary>
    Write = 4,

    /// <summary>Grants or changes permissions on resources.</summary>
    PermissionsManagement = 8,

    /// <summary>Changes only the tags of resources.</summary>
    Tagging = 16,
}
