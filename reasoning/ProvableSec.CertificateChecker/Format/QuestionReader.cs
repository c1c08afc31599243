using System.Collections.Immutable;
using ProvableSec.CertificateChecker.Values;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;

namespace ProvableSec.CertificateChecker.Format;

/// <summary>Reads the claim of a certificate.</summary>
internal sealed class QuestionReader
{
    private static readonly string[] Types = ["identity", "resource", "trust", "scp", "rcp", "boundary", "session", "endpoint"];

    private readonly List<CertifiedDocument> documents = [];
    private readonly HashSet<int> used = [];

    private QuestionReader()
    {
    }

    /// <summary>The question as it is meant.</summary>
    /// <exception cref="NotCoveredException">Certificates say nothing about such a question.</exception>
    public static CertifiedQuestion Read(JsonItem value) => new QuestionReader().Question(value);

    private CertifiedQuestion Question(JsonItem value)
    {
        var members = new StrictObject(value, "the claim", "question", "type", "readings", "given", "asOf", "documents", "policy", "baseline", "property",
            "request");
        foreach (JsonItem item in members.Items("documents"))
        {
            var document = new StrictObject(item, "a document", "name", "text");
            PolicyDocument policy = PolicyReader.Read(new DocumentText(document.Text("text"), document.Text("name")));
            if (policy.HasErrors)
            {
                throw new CertificateRefusedException($"document {documents.Count} is not a policy: {policy.Problems.First(p => p.IsError).Message}");
            }

            documents.Add(new CertifiedDocument(documents.Count, document.Text("name"), policy));
        }

        string question = members.Text("question");
        bool compares = question is "no-new-access" or "equivalent", hasProperty = question is "not-granted" or "granted";
        if (!compares && !hasProperty && question != "can")
        {
            throw new CertificateRefusedException($"\"{question}\" is not a question that certificates answer");
        }

        CertifiedSubject subject = Subject(members["policy"]);
        CertifiedSubject? baseline = compares ? Subject(members["baseline"]) : null;
        CertifiedDocument? property = hasProperty ? Document(members["property"]) : null;
        if ((!compares && members.Find("baseline") is not null) || (!hasProperty && members.Find("property") is not null)
            || (baseline is not null && subject.Stack is null != baseline.Stack is null))
        {
            throw new CertificateRefusedException("the claim does not go together with its question");
        }

        if (subject.Stack is { } one && baseline?.Stack is { } other && !SharesCallers(one, other))
        {
            throw new CertificateRefusedException("the two stacks are of different accounts or organizations");
        }

        string readings = members.Text("readings"), type = members.Text("type");
        if (!Types.Contains(type))
        {
            throw new CertificateRefusedException($"\"{type}\" is not a type of policy");
        }

        string[] given = [.. members.Items("given").Select(g => StrictObject.Text(g, "an assumption"))];
        if (readings is not ("all" or "default") || given.Distinct().Count() != given.Length || used.Count != documents.Count)
        {
            throw new CertificateRefusedException(
                "the claim names readings that there are not, or one assumption twice, or holds a document that it does not use");
        }

        string? asOf = members.Find("asOf") is null ? null : members.Text("asOf");
        if (asOf is not null && (asOf.Length != 10 || PlainMoment.Read(asOf) is null))
        {
            throw new CertificateRefusedException($"\"{asOf}\" is not a day as YYYY-MM-DD");
        }

        CertifiedQuestion meant = LoneMeaning.Of(new CertifiedQuestion
        {
            Question = question,
            Type = type,
            DefaultReadingsOnly = readings == "default",
            Given = given,
            AsOf = asOf,
            Documents = documents,
            Subject = subject,
            Baseline = baseline,
            Property = property,
            Request = members.Find("request") is { } request ? Request(request) : new CertifiedRequest(),
        });
        QuestionAssumptions.Check(meant);
        return meant;
    }

    private CertifiedDocument Document(JsonItem value)
    {
        int number = StrictObject.Number(value, "the number of a document");
        if (number < 0 || number >= documents.Count)
        {
            throw new CertificateRefusedException($"there is no document {number}");
        }

        used.Add(number);
        return documents[number];
    }

    private IReadOnlyList<CertifiedDocument> Documents(JsonItem value) => [.. StrictObject.Items(value, "a list of documents").Select(Document)];

    private IReadOnlyList<IReadOnlyList<CertifiedDocument>> Levels(JsonItem value, PolicyLayerShape shape) => shape switch
    {
        PolicyLayerShape.One => [[Document(value)]],
        PolicyLayerShape.List => [Documents(value)],
        _ => [.. StrictObject.Items(value, "a list of levels").Select(Documents)],
    };

    private CertifiedSubject Subject(JsonItem value)
    {
        if (value.Kind == JsonKind.Number)
        {
            return new CertifiedSubject(Document(value), null);
        }

        var members = new StrictObject(value, "a stack", [.. PolicyLayers.All.Select(layer => layer.Name), "organization", "account"]);
        return new CertifiedSubject(null, new CertifiedStack
        {
            Layers = PolicyLayers.All.ToDictionary(layer => layer.Layer, layer => members.Find(layer.Name) is { } value
                && !(layer.NullMeansNone && value.Kind == JsonKind.Null) ? Levels(value, layer.Shape) : null),
            HasNoResourcePolicy = members.Find(PolicyLayers.Of(PolicyLayer.ResourcePolicy).Name) is { Kind: JsonKind.Null },
            Organization = members.Find("organization") is { } organization ? Organization(organization) : null,
            Account = members.Find("account") is { } account ? Account(account) : null,
        });
    }

    /// <summary>Whether the callers of two stacks can be the same, and have the same keys.</summary>
    private static bool SharesCallers(CertifiedStack one, CertifiedStack other) =>
        (one.Account is null || other.Account is null || one.Account == other.Account)
        && one.Organization?.Id == other.Organization?.Id && one.Organization?.ManagementAccount == other.Organization?.ManagementAccount
        && one.Organization is null == other.Organization is null
        && Accounts(one).SequenceEqual(Accounts(other));

    private static IEnumerable<KeyValuePair<string, string>> Accounts(CertifiedStack stack) =>
        (stack.Organization?.Accounts ?? ImmutableDictionary<string, string>.Empty).OrderBy(a => a.Key, StringComparer.Ordinal);

    private static Organization Organization(JsonItem value)
    {
        var members = new StrictObject(value, "an organization", "id", "managementAccount", "accounts");
        ImmutableDictionary<string, string>.Builder accounts = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (JsonItem item in members.Items("accounts"))
        {
            var account = new StrictObject(item, "an account of the organization", "account", "path");
            string number = Account(account["account"]);
            if (accounts.ContainsKey(number))
            {
                throw new CertificateRefusedException($"the organization has the account {number} twice");
            }

            accounts.Add(number, account.Text("path"));
        }

        return new Organization(
            members.Find("id") is { } id ? StrictObject.Text(id, "the organization's id") : null,
            members.Find("managementAccount") is { } management ? Account(management) : null,
            accounts.ToImmutable());
    }

    private static CertifiedRequest Request(JsonItem value)
    {
        var members = new StrictObject(value, "the request", "principal", "principalType", "action", "resource", "resourceAccount", "context");
        PrincipalKind? kind = members.Find("principalType") is { } word
            ? CallerPrincipal.KindOf(StrictObject.Text(word, "principalType")) ?? throw new CertificateRefusedException("the request's principalType is none")
            : null;
        string problem = "";
        CallerPrincipal? principal = members.Find("principal") is { } named
            ? CallerPrincipal.TryParse(StrictObject.Text(named, "principal"), kind, out problem) ?? throw new CertificateRefusedException(problem)
            : null;
        var context = new List<KeyValuePair<string, CertifiedField>>();
        foreach (JsonItem item in members.Find("context") is { } keys ? StrictObject.Items(keys, "context") : [])
        {
            context.Add(new(new StrictObject(item, "a key", "key", "absent", "is", "like").Text("key"), Field(item, "a key")));
        }

        return new CertifiedRequest
        {
            Principal = principal,
            PrincipalType = kind,
            Action = members.Find("action") is { } action ? Field(action, "the action") : null,
            Resource = members.Find("resource") is { } resource ? Field(resource, "the resource") : null,
            ResourceAccount = members.Find("resourceAccount") is { } account ? Account(account) : null,
            Context = context,
        };
    }

    private static CertifiedField Field(JsonItem value, string where)
    {
        var members = new StrictObject(value, where, "key", "absent", "is", "like");
        bool absent = members.Find("absent") is { } said && (said.Kind == JsonKind.True ? true
            : throw new CertificateRefusedException($"absent of {where} is not true"));
        if (absent ? members.Find("is") is not null || members.Find("like") is not null : members.Find("is") is null)
        {
            throw new CertificateRefusedException($"{where} is either absent or compared");
        }

        return new CertifiedField(
            absent,
            absent ? [] : [.. members.Items("is").Select(t => StrictObject.Text(t, where))],
            members.Find("like") is { } like ? [.. StrictObject.Items(like, where).Select(t => StrictObject.Text(t, where))] : []);
    }

    private static string Account(JsonItem value)
    {
        string text = StrictObject.Text(value, "an account");
        return text.Length == 12 && text.All(c => c is >= '0' and <= '9') ? text : throw new CertificateRefusedException($"\"{text}\" is not an account");
    }
}
