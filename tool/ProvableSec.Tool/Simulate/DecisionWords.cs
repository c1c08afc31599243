using ProvableSec.Policy.Evaluation;

namespace ProvableSec.Tool.Simulate;

/// <summary>The words of the answer format.</summary>
internal static class DecisionWords
{
    public static string Of(bool allowed) => allowed ? "allow" : "deny";

    public static string Of(DecisionReason reason) => reason switch
    {
        DecisionReason.Allowed => "allowed",
        DecisionReason.ExplicitDeny => "explicit-deny",
        _ => "implicit-deny",
    };
}
