using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.ServiceData;

namespace ProvableSec.Rules.Policies;

/// <summary>
/// A policy as the checks see it: the JSON as written, element by element, because a check speaks about what stands there, also where the policy
/// language would refuse it. Elements of the wrong JSON type read as absent; the check of data types reports them.
/// </summary>
internal sealed class CheckedPolicy
{
    public CheckedPolicy(JsonItem root, PolicyContext context, CancellationToken cancellation = default)
    {
        Root = root;
        Context = context;
        Cancellation = cancellation;
        Budget = new CheckBudget(cancellation);
        Proved = new ProvedFacts(this);
        var statements = new List<CheckedStatement>();
        foreach (JsonMember property in root.Properties())
        {
            switch (property.Name)
            {
                case "Version":
                    Version = property;
                    break;
                case "Id":
                    Id = property;
                    break;
                case "Statement":
                    StatementElement = property;
                    break;
            }
        }

        HasVariables = Version is { Value: { Kind: JsonKind.String, Text: "2012-10-17" } };
        if (StatementElement is { Value: var value })
        {
            if (value.Kind == JsonKind.Object)
            {
                statements.Add(new CheckedStatement(this, value, 0));
            }

            foreach (JsonItem element in value.Elements())
            {
                if (element.Kind == JsonKind.Object)
                {
                    statements.Add(new CheckedStatement(this, element, statements.Count));
                }
            }
        }

        Statements = statements;
    }

    /// <summary>The document.</summary>
    public JsonItem Root { get; }

    /// <summary>What more than one check proves about it. One thread checks a policy.</summary>
    public ProvedFacts Proved { get; }

    public PolicyContext Context { get; }

    /// <summary>Ends the work.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>What the check at work may cost.</summary>
    public CheckBudget Budget { get; }

    public PolicyType Type => Context.Type;

    public ServiceCatalogue Catalogue => Context.Catalogue;

    public JsonMember? Version { get; }

    public JsonMember? Id { get; }

    public JsonMember? StatementElement { get; }

    /// <summary>True in version 2012-10-17, where <c>${</c> begins a variable.</summary>
    public bool HasVariables { get; }

    /// <summary>The statements that are objects.</summary>
    public IReadOnlyList<CheckedStatement> Statements { get; }

    /// <summary>True for the types that speak about principals: they name who may.</summary>
    public bool NamesPrincipals => Type is PolicyType.Resource or PolicyType.Trust or PolicyType.ResourceControlPolicy or PolicyType.VpcEndpoint;

    /// <summary>True for the types that can give access; the others only limit what others give.</summary>
    public bool Grants => Type is PolicyType.Identity or PolicyType.Resource or PolicyType.Trust;
}
