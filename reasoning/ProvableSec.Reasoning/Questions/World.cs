namespace ProvableSec.Reasoning.Questions;

/// <summary>Which requests there are.</summary>
public enum World
{
    /// <summary>Those that AWS can send, as far as the named assumptions tell (<c>docs/world-model.md</c>).</summary>
    Aws,

    /// <summary>Any combination of principal, action, resource and keys.</summary>
    Free,
}
