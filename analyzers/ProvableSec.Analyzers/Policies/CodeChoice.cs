using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ProvableSec.Policy.Text;

namespace ProvableSec.Analyzers.Policies;

/// <summary>
/// Which way the code goes where a policy depends on it: the condition of an <c>if</c> or <c>?:</c>, the case of a <c>switch</c> expression, the item of a loop
/// over constants.
/// A policy is written once for each combination; whoever comes to a fork while it is written asks here, wherever that is.
/// </summary>
internal sealed class CodeChoice
{
    /// <summary>Combinations that are tried of one policy; where there are more, what they decide is unknown text.</summary>
    public const int MostBranches = 16;

    private static readonly Regex Name = new(@"^[\w.]+$", RegexOptions.CultureInvariant);

    // A policy is written by one thread from beginning to end, through code that knows nothing of branches.
    [ThreadStatic]
    private static CodeChoice? current;

    private readonly List<(SyntaxNode At, int Option, IReadOnlyList<string> Words)> taken = [];
    private readonly IReadOnlyList<int> planned;

    private CodeChoice(IReadOnlyList<int> planned) => this.planned = planned;

    /// <summary>What code makes on each of its branches, with the conditions of the branch in words; one result without words where there are no branches, or
    /// too many.</summary>
    public static IReadOnlyList<(IReadOnlyList<string> Words, T Result)> Each<T>(Func<T> make)
    {
        var results = new List<(IReadOnlyList<string> Words, T Result)>();
        IReadOnlyList<int>? next = [];
        try
        {
            while (next is not null && results.Count < MostBranches)
            {
                current = new CodeChoice(next);
                T result = make();
                results.Add(([.. current.taken.Select(fork => fork.Words[fork.Option])], result));
                next = current.Next();
            }
        }
        finally
        {
            current = null;
        }

        return next is null ? results : [([], make())];
    }

    /// <summary>The way that is taken where an expression has one of two values.</summary>
    /// <returns>True where the condition holds; null where nobody looks at each branch.</returns>
    public static bool? Holds(SyntaxNode at, ExpressionSyntax condition) => Take(at, WordsOf(condition)) is { } option ? option == 0 : null;

    /// <summary>The way that is taken at a fork, the same one as before at the same fork.</summary>
    /// <param name="at">The fork.</param>
    /// <param name="words">What holds on each way, for people.</param>
    /// <returns>Null where nobody looks at each branch.</returns>
    public static int? Take(SyntaxNode at, IReadOnlyList<string> words)
    {
        if (current is not { } choice || words.Count == 0)
        {
            return null;
        }

        int known = choice.taken.FindIndex(fork => fork.At == at);
        if (known < 0)
        {
            known = choice.taken.Count;
            choice.taken.Add((at, known < choice.planned.Count ? choice.planned[known] : 0, words));
        }

        return choice.taken[known].Option;
    }

    /// <summary>Where something is in its file, for people.</summary>
    public static string LineOf(SyntaxNode node) => $"line {node.SyntaxTree.GetLineSpan(node.Span).StartLinePosition.Line + 1}";

    /// <summary>The last fork that has another way yet takes it; null where all have been taken.</summary>
    private IReadOnlyList<int>? Next()
    {
        int last = taken.FindLastIndex(fork => fork.Option + 1 < fork.Words.Count);
        return last < 0 ? null : [.. taken.Take(last).Select(fork => fork.Option), taken[last].Option + 1];
    }

    /// <summary>A name is said as it is. Another condition may hold a text that is nobody's business, so only its line is.</summary>
    private static string[] WordsOf(ExpressionSyntax condition)
    {
        switch (condition)
        {
            case ParenthesizedExpressionSyntax { Expression: var inner }:
                return WordsOf(inner);
            case PrefixUnaryExpressionSyntax { Operand: var negated } unary when unary.IsKind(SyntaxKind.LogicalNotExpression):
                return WordsOf(negated) is [var holds, var not] ? [not, holds] : [];
            default:
                string text = condition.ToString();
                return Name.IsMatch(text) ? [Excerpt.Of(text), $"not {Excerpt.Of(text)}"]
                    : [$"the condition in {LineOf(condition)} holds", $"the condition in {LineOf(condition)} does not hold"];
        }
    }
}
