using System.Globalization;
using ProvableSec.CertificateChecker;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Certificates;

/// <summary>What a certificate claims, as JSON, with the texts of the policies.</summary>
internal sealed class ClaimWriter
{
    private readonly List<PolicyDocument> documents = [];

    private ClaimWriter()
    {
    }

    /// <exception cref="NotCoveredException">Certificates cannot say what the query says.</exception>
    public static string Write(Query query, Answer answer) => new ClaimWriter().Claim(query, answer);

    private string Claim(Query query, Answer answer)
    {
        if (query.Question is Question.NoDeadStatement or Question.NoPublicAccess)
        {
            throw new NotCoveredException($"{QuestionNames.NameOf(query.Question)} is not covered by certificates");
        }

        if (query.Restriction is not null)
        {
            throw new NotCoveredException("a predicate over requests is not covered by certificates");
        }

        var members = new List<string>
        {
            Member("question", Quoted(QuestionNames.NameOf(query.Question))),
            Member("type", Quoted(QuestionNames.NameOf(query.Type))),
            Member("readings", Quoted(query.DefaultReadingsOnly ? "default" : "all")),
            Member("given", List(answer.Assumptions.Select(Quoted))),
            Member("policy", Subject(query.Subject)),
        };
        if (answer.Assumptions.Contains(QuestionAssumptions.AsOf))
        {
            members.Add(Member("asOf", Quoted(query.AsOf)));
        }

        if (query.Baseline is { } baseline)
        {
            members.Add(Member("baseline", Subject(baseline)));
        }

        if (query.Property is { } property)
        {
            members.Add(Member("property", Document(property)));
        }

        if (query.Request != RequestPattern.Any)
        {
            members.Add(Member("request", Request(query.Request)));
        }

        members.Add(Member("documents",
            $"[\n{string.Join(",\n", documents.Select(d => $"{{{Member("name", Quoted(NameOf(d)))},{Member("text", Quoted(d.Source.Text))}}}"))}\n]"));
        return $"{{{string.Join(",", members)}}}";
    }

    private string Subject(Subject subject)
    {
        if (subject.Document is { } document)
        {
            return Document(document);
        }

        PolicyStack stack = subject.Stack!;
        var members = new List<string>();
        foreach (PolicyLayerInfo layer in PolicyLayers.All)
        {
            if (layer.Documents(stack) is { } levels)
            {
                members.Add(Member(layer.Name, layer.Shape switch
                {
                    PolicyLayerShape.One => Document(levels[0][0]),
                    PolicyLayerShape.List => Documents(levels[0]),
                    _ => List(levels.Select(l => Documents(l))),
                }));
            }
            else if (layer.IsNone(stack))
            {
                members.Add(Member(layer.Name, "null"));
            }
        }

        if (stack.Organization is { } organization)
        {
            members.Add(Member("organization", Organization(organization)));
        }

        if (stack.Account is { } account)
        {
            members.Add(Member("account", Quoted(account)));
        }

        return $"{{{string.Join(",", members)}}}";
    }

    private static string Organization(Organization organization)
    {
        var members = new List<string>
        {
            Member("accounts",
                List(organization.Accounts.OrderBy(a => a.Key, StringComparer.Ordinal)
                    .Select(a => $"{{{Member("account", Quoted(a.Key))},{Member("path", Quoted(a.Value))}}}"))),
        };
        if (organization.Id is { } id)
        {
            members.Add(Member("id", Quoted(id)));
        }

        if (organization.ManagementAccount is { } management)
        {
            members.Add(Member("managementAccount", Quoted(management)));
        }

        return $"{{{string.Join(",", members)}}}";
    }

    private static string Request(RequestPattern request)
    {
        var members = new List<string>();
        if (request.Principal is { } principal)
        {
            members.Add(principal is { IsAbsent: false, Literals.Length: 1, Like.Length: 0 }
                ? Member("principal", Quoted(principal.Literals[0]))
                : throw new NotCoveredException("a principal given as a pattern is not covered by certificates yet"));
        }

        if (request.PrincipalType is { } kind)
        {
            members.Add(Member("principalType", Quoted(CallerPrincipal.Word(kind))));
        }

        if (request.Action is { } action)
        {
            members.Add(Member("action", $"{{{Field(action)}}}"));
        }

        if (request.Resource is { } resource)
        {
            members.Add(Member("resource", $"{{{Field(resource)}}}"));
        }

        if (request.ResourceAccount is { } account)
        {
            members.Add(Member("resourceAccount", Quoted(account)));
        }

        if (!request.Context.IsEmpty)
        {
            members.Add(Member("context", List(request.Context.Select(c => $"{{{Member("key", Quoted(c.Key))},{Field(c.Value)}}}"))));
        }

        return $"{{{string.Join(",", members)}}}";
    }

    private static string Field(FieldPattern field) => field.IsAbsent
        ? Member("absent", "true")
        : Member("is", List(field.Literals.Select(Quoted))) + (field.Like.IsEmpty ? "" : "," + Member("like", List(field.Like.Select(Quoted))));

    private string Documents(IEnumerable<PolicyDocument> some) => List(some.Select(Document));

    /// <summary>The number of a document; one that stands in two places is held once.</summary>
    private string Document(PolicyDocument document)
    {
        int number = documents.FindIndex(d => d.Source.Text == document.Source.Text && NameOf(d) == NameOf(document));
        if (number < 0)
        {
            number = documents.Count;
            documents.Add(document);
        }

        return number.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The file of a document; nothing for one that is a part of another file.</summary>
    private static string NameOf(PolicyDocument document) => document.Source.PositionOf(0) == new DocumentText("").PositionOf(0) ? document.Source.Name : "";

    private static string Member(string name, string value) => $"\"{name}\":{value}";

    private static string List(IEnumerable<string> items) => $"[{string.Join(",", items)}]";

    private static string Quoted(string text) => CertificateText.Quoted(text);
}
