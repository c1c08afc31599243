using System.Collections.Immutable;
using System.Linq.Expressions;
using System.Text;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Linq;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Testing.Claims;

/// <summary>What is claimed, as a question and as a sentence.</summary>
internal sealed record Claim
{
    private static readonly string[] AllowedToEverybody = ["sts:GetCallerIdentity", "sts:GetSessionToken"];

    /// <summary>What is asked.</summary>
    public required Question Question { get; init; }

    /// <summary>The claim, behind the name of what it is about: <c>should never allow iam:*</c>.</summary>
    public required string Sentence { get; init; }

    /// <summary>What is the case instead: <c>it allows this request</c>.</summary>
    public required string Instead { get; init; }

    /// <summary>The requests that the claim speaks of.</summary>
    public PolicyDocument? Property { get; init; }

    /// <summary>What else holds of them.</summary>
    public RequestPredicate? When { get; init; }

    /// <summary>What is compared with.</summary>
    public PolicySubject? Baseline { get; init; }

    /// <summary>Who is trusted.</summary>
    public TrustZone Zone { get; init; } = TrustZone.None;

    /// <summary>For a claim that something is allowed, the account of the resource where the claim names one.</summary>
    public string? ResourceAccount { get; init; }

    /// <summary>True for a claim that something is allowed: it is proved of the least that policies can allow, others of the most.</summary>
    public bool IsOfPresence => Question == Question.Granted;

    /// <summary>The requests of some actions on some resources.</summary>
    public static PolicyDocument Describing(PolicyPatterns actions, PolicyPatterns resources) =>
        Read($"[{{\"Effect\":\"Allow\",\"Action\":{List(actions)},\"Resource\":{List(resources)}}}]");

    /// <summary>All requests but those of some actions on some resources, and those that AWS allows to everybody.</summary>
    public static PolicyDocument DescribingOthers(PolicyPatterns actions, PolicyPatterns resources)
    {
        _ = Describing(actions, resources);
        string others = $"{{\"Effect\":\"Allow\",\"NotAction\":{List(actions.Concat(AllowedToEverybody))},\"Resource\":\"*\"}}";
        return Read(resources.Contains("*") ? $"[{others}]"
            : $"[{others},{{\"Effect\":\"Allow\",\"Action\":{List(actions)},\"NotResource\":{List(resources)}}}]");
    }

    /// <summary>What a lambda says.</summary>
    /// <exception cref="PolicySourceException">It cannot be reasoned about.</exception>
    public static RequestPredicate? Read(Expression<Func<RequestExpression, bool>>? when)
    {
        try
        {
            return when is null ? null : PredicateReader.Read(when);
        }
        catch (NotSupportedException e)
        {
            throw new PolicySourceException(e.Message);
        }
    }

    private static PolicyDocument Read(string statements)
    {
        PolicyDocument document = PolicyReader.Read(new DocumentText($"{{\"Version\":\"2012-10-17\",\"Statement\":{statements}}}", "the claim"));
        return document.Problems.Concat(UnknownActions.In(document)).FirstOrDefault(p => p.IsError) is { } problem
            ? throw new PolicySourceException($"the claim cannot be asked: {problem.Message}")
            : document;
    }

    private static string List(IEnumerable<string> texts)
    {
        var json = new StringBuilder("[");
        foreach (string text in texts)
        {
            json.Append(json.Length > 1 ? "," : "");
            JsonEscapes.AppendQuoted(json, text);
        }

        return json.Append(']').ToString();
    }
}
