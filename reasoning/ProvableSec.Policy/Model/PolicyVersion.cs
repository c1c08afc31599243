namespace ProvableSec.Policy.Model;

/// <summary>The version of the policy language a document is written in (IAM User Guide, "Version").</summary>
public enum PolicyVersion
{
    /// <summary><c>2008-10-17</c>, also the default of a document that names none: policy variables are literal text.</summary>
    V2008,

    /// <summary><c>2012-10-17</c>: policy variables are replaced.</summary>
    V2012,
}
