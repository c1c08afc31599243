using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;

namespace ProvableSec.Policy.Cases;

/// <summary>Reads a POLICY of the case format: an object with <c>Statement</c>, or a path.</summary>
public sealed class PolicyLoader
{
    private readonly IPolicySource? source;
    private readonly PolicyCache? cache;

    /// <summary>Creates a loader.</summary>
    /// <param name="source">Finds policies given as paths; null where paths are not allowed.</param>
    /// <param name="cache">Remembers policies given as objects; null to read each.</param>
    public PolicyLoader(IPolicySource? source = null, PolicyCache? cache = null)
    {
        this.source = source;
        this.cache = cache;
    }

    /// <summary>The policies that it remembers.</summary>
    internal IKnownObjects? Known => cache;

    /// <summary>Reads a policy. All its problems are reported, its warnings too.</summary>
    /// <param name="value">The object or path.</param>
    /// <param name="name">What to call it in messages: the member it stands in.</param>
    /// <param name="problems">Takes the problems.</param>
    /// <returns>The document; null when it has errors or there is none.</returns>
    internal PolicyDocument? Read(JsonItem value, string name, CaseProblems problems)
    {
        switch (value.Kind)
        {
            case JsonKind.Object:
                return ReadObject(value, problems);
            case JsonKind.String:
                return Load(value, problems);
            default:
                problems.WrongType(value, name, "a policy (an object with Statement) or the path of one");
                return null;
        }
    }

    private PolicyDocument? ReadObject(JsonItem value, CaseProblems problems)
    {
        PolicyDocument document = value.Known as PolicyDocument ?? cache?.GetOrRead(value) ?? PolicyCache.Read(value);
        foreach (PolicyProblem problem in document.Problems)
        {
            // The document counts from its own beginning, and may be a remembered one from another place.
            problems.Add(value.Relocated(problem));
        }

        return document.HasErrors ? null : document;
    }

    private PolicyDocument? Load(JsonItem value, CaseProblems problems)
    {
        string path = value.Text;
        if (path.TrimStart().StartsWith("{", StringComparison.Ordinal))
        {
            problems.Add(value, ProblemCode.WrongType, "this string holds a policy as text; write the policy as an object, or give the path of a file");
            return null;
        }

        if (source is null)
        {
            problems.Add(value, ProblemCode.WrongType, "a policy cannot be given as a path here; write it as an object");
            return null;
        }

        if (path.Length == 0)
        {
            problems.Add(value, ProblemCode.InvalidValue, "the path of a policy is empty");
            return null;
        }

        PolicyDocument? document = source.Load(path, out PolicyProblem? problem);
        if (document is null)
        {
            problems.Add(problem is { Code: not ProblemCode.UnreadableFile }
                ? problem
                : value.Problem(ProblemCode.UnreadableFile, problem?.Message ?? $"{path} cannot be read"));
            return null;
        }

        foreach (PolicyProblem found in document.Problems)
        {
            problems.Add(found);
        }

        return document.HasErrors ? null : document;
    }
}
