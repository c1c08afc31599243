namespace ProvableSec.Rules.Documents;

/// <summary>What is attached.</summary>
public enum PolicyAttachmentKind
{
    /// <summary>A policy that grants.</summary>
    Managed,

    /// <summary>A permissions boundary.</summary>
    Boundary,

    /// <summary>A control policy of the organization.</summary>
    Control,

    /// <summary>A group, whose policies its members have.</summary>
    Group,
}
