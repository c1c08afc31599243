using ProvableSec.Policy.Model;

namespace ProvableSec.Reasoning.Questions;

/// <summary>The words of the query format.</summary>
public static class QuestionNames
{
    private static readonly (PolicyType Type, string Name)[] Types =
    [
        (PolicyType.Identity, "identity"),
        (PolicyType.Resource, "resource"),
        (PolicyType.Trust, "trust"),
        (PolicyType.ServiceControlPolicy, "scp"),
        (PolicyType.ResourceControlPolicy, "rcp"),
        (PolicyType.PermissionsBoundary, "boundary"),
        (PolicyType.Session, "session"),
        (PolicyType.VpcEndpoint, "endpoint"),
    ];

    /// <summary>All questions, in the order of the documentation.</summary>
    public static IReadOnlyList<string> AllQuestions => [.. QuestionFacts.All.Select(facts => facts.Name)];

    /// <summary>All policy types.</summary>
    public static IReadOnlyList<string> AllTypes => Array.ConvertAll(Types, t => t.Name);

    /// <summary>A question's word.</summary>
    public static string NameOf(Question question) => QuestionFacts.Of(question).Name;

    /// <summary>A policy type's word.</summary>
    public static string NameOf(PolicyType type) => Array.Find(Types, t => t.Type == type).Name;

    /// <summary>The words for where a type is from.</summary>
    public static string NameOf(PolicyTypeOrigin origin) => origin switch
    {
        PolicyTypeOrigin.FileName => "file name",
        PolicyTypeOrigin.Query => "query",
        PolicyTypeOrigin.CommandLine => "command line",
        PolicyTypeOrigin.Option => "option",
        PolicyTypeOrigin.ConfigurationFile => "configuration file",
        PolicyTypeOrigin.Holder => "document",
        PolicyTypeOrigin.Stack => "stack",
        _ => "content",
    };

    /// <summary>The question a word names, or null.</summary>
    public static Question? QuestionOf(string name)
    {
        foreach (QuestionFacts facts in QuestionFacts.All)
        {
            if (facts.Name == name)
            {
                return facts.Question;
            }
        }

        return null;
    }

    /// <summary>The policy type a word names, or null.</summary>
    public static PolicyType? TypeOf(string name)
    {
        foreach ((PolicyType type, string known) in Types)
        {
            if (known == name)
            {
                return type;
            }
        }

        return null;
    }

    /// <summary>A type with its article, as sentences have it: a service control policy.</summary>
    internal static string WordsOf(PolicyType type) => type switch
    {
        PolicyType.Identity => "an identity policy",
        PolicyType.Resource => "a resource policy",
        PolicyType.Trust => "a trust policy",
        PolicyType.ServiceControlPolicy => "a service control policy",
        PolicyType.ResourceControlPolicy => "a resource control policy",
        PolicyType.PermissionsBoundary => "a permissions boundary",
        PolicyType.Session => "a session policy",
        _ => "a VPC endpoint policy",
    };
}
