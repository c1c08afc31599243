using ProvableSec.Policy.Model;

namespace ProvableSec.Reasoning.Values;

/// <summary>Sets of actions that AWS treats in a way of their own.</summary>
internal static class ActionSets
{
    /// <summary>The actions of some patterns.</summary>
    public static TextSet Of(params string[] patterns) => PatternCompiler.Compile([.. patterns.Select(p => PolicyPattern.Plain(p))], MatchMode.Action);
}
