using ProvableSec.Policy.Text;

namespace ProvableSec.Tool.Configurations;

/// <summary>A violation of a property that somebody has decided to live with, for a time.</summary>
/// <param name="Stack">The pattern of the stacks that it is about; null for all of the property, or its policy.</param>
/// <param name="Reason">Why.</param>
/// <param name="Owner">Who answers for it; empty where nobody is named.</param>
/// <param name="Until">The last day on which it holds.</param>
/// <param name="Position">Where it stands.</param>
internal sealed record PropertyWaiver(string? Stack, string Reason, string Owner, DateTime Until, LinePosition Position)
{
    /// <summary>Whether a stack is meant; its last day is not looked at.</summary>
    /// <param name="question">What was asked.</param>
    public bool Covers(ConfiguredQuestion question) =>
        Stack is null || (question.Stack is { } name && ConfiguredStacks.PatternOf(Stack) is var pattern
            && (pattern(name) || pattern(question.Holder!) || (question.Caller is { } caller && pattern(caller.Name))));
}
