using System.Collections.Immutable;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Documents;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Stacks;

/// <summary>The policies of a template with what is said of its deployment, and who has them.</summary>
internal sealed class TemplateContent : IDeployedDocument
{
    private static readonly PolicyDocument AdministratorAccess = FullAccessPolicy.Named("AdministratorAccess");

    private readonly KnownDeployment known;
    private readonly List<JsonMember> resources;
    private readonly TemplateText text;
    private readonly JsonItem? functions;
    private readonly TemplateParts template;
    private readonly DocumentNotes notes;
    private readonly bool hasTooManyHolders;

    /// <summary>Finds the policies of a template.</summary>
    /// <param name="text">The template.</param>
    /// <param name="known">What is said of its deployment.</param>
    public TemplateContent(TemplateText text, KnownDeployment known)
    {
        this.text = text;
        this.known = known;
        JsonTree json = text.Json;
        resources = json.Root.TryGetProperty("Resources", out JsonItem listed) ? listed.Members() : [];
        template = TemplateParts.Of(json.Root);
        hasTooManyHolders = listed.Kind == JsonKind.Object && TemplateHolders.Of(listed) is null;
        functions = json.Root.TryGetProperty("Globals", out JsonItem globals) && globals.TryGetProperty("Function", out JsonItem ofFunctions) ? ofFunctions
            : null;
        Found =
        [
            .. PolicyDocuments.In(json, null, new PolicyContext(PolicyType.Identity), out DocumentNotes notes)
                .Where(f => f.Needed.All(n => IsMet(n.Condition) is not { } met || met == n.IsMet)).Select(text.InFile),
        ];
        this.notes = notes;
    }

    /// <inheritdoc/>
    public DocumentText Source => text.Source;

    /// <inheritdoc/>
    public DeploymentHints Hints => known.Hints;

    /// <summary>The policies.</summary>
    public IReadOnlyList<FoundPolicy> Found { get; }

    /// <inheritdoc/>
    public bool? IsMet(string condition) => new TemplateChoice(template, ImmutableDictionary<string, string?>.Empty, known.Conditions).IsMet(condition);

    /// <inheritdoc/>
    public string? NotAllOf(FoundPolicy found) => notes.PartlyJudged.Any(p => p.Pointer == found.Pointer || (found.IsImplied && p.Owner == found.Owner))
        ? $"the policy of {found.Owner} has more combinations of conditions and parameters than are looked at; {Hints.Choices}" : null;

    /// <summary>What may make other policies of the template: its macros, and loops over what is not known.</summary>
    public IEnumerable<string> Macros => notes.Macros.Select(macro =>
        $"the macro {macro} may make other policies of the template; use the template that CloudFormation made with it").Concat(text.UnknownLoops);

    /// <summary>The names of its parameters.</summary>
    public IEnumerable<string> Parameters => template.Parameters.Keys;

    /// <summary>The names of its conditions.</summary>
    public IReadOnlyCollection<string> Conditions => [.. template.Conditions.Keys];

    /// <summary>Whether a name means something in it: a parameter, a pseudo parameter, a resource, or an attribute of one.</summary>
    public bool HasName(string name) => name.StartsWith("AWS::", StringComparison.Ordinal) || template.Parameters.ContainsKey(name)
        || template.Resources.ContainsKey(name.Split('.')[0]);

    /// <summary>The resource policies that are known only at deployment, by their resources.</summary>
    public IEnumerable<string> OpenResourcePolicies => notes.Unjudged.Where(u => template.Resources.TryGetValue(u.Owner.Split(' ')[0], out JsonItem resource)
        && resource.TryGetProperty("Type", out JsonItem type)
        && (PolicyDocuments.OfProperty(type.Text, u.Pointer.Split('/').Last())?.Type ?? PolicyType.Resource) == PolicyType.Resource
        && !type.Text.StartsWith("AWS::IAM::", StringComparison.Ordinal)).Select(u => u.Owner.Split(' ')[0]).Distinct();

    /// <summary>The resources of a type.</summary>
    public IEnumerable<JsonMember> OfType(string type) => resources.Where(resource => TypeOf(resource) == type);

    /// <summary>The resources that are roles, and those of SAM that come with one of their own.</summary>
    public IEnumerable<JsonMember> Roles => resources.Where(resource => TypeOf(resource) == "AWS::IAM::Role" || HasRoleOfSam(resource));

    /// <summary>A name that is written down.</summary>
    public static string? NameIn(JsonMember resource, string property) =>
        resource.Value.TryGetProperty("Properties", out JsonItem properties) && properties.TryGetProperty(property, out JsonItem name)
            && name.Kind == JsonKind.String ? name.Text : null;

    /// <summary>A role or user with its policies in each deployment.</summary>
    public DeployedPrincipal Principal(JsonMember holder) => DeployedPrincipal.Of(holder.Name, PoliciesOf(holder), this, known.Account);

    private HolderPolicies PoliciesOf(JsonMember holder)
    {
        var unknown = ImmutableArray.CreateBuilder<string>();
        var elsewhere = ImmutableArray.CreateBuilder<(PolicyDocument, IReadOnlyList<(string, bool)>)>();
        // One that is somebody's boundary may be attached as well.
        var identity = Found.Where(f => f.Context.Type is PolicyType.Identity or PolicyType.PermissionsBoundary && !f.IsImplied)
            .SelectMany(f => As(f, holder)).ToList();
        JsonItem properties = holder.Value.TryGetProperty("Properties", out JsonItem given) ? given : holder.Value;
        foreach (TemplatePlace list in Lists(holder, properties, "").Where(IsThere))
        {
            if (list.Value.Kind != JsonKind.Array && !TemplateChoice.None.IsNoValue(list.Value))
            {
                unknown.Add($"its managed policies are known only at deployment ({Place(list.Value)})");
            }
        }

        foreach (TemplatePlace item in Lists(holder, properties, "/*").Where(IsThere))
        {
            Attach(item, identity, elsewhere, unknown);
        }

        if (properties.TryGetProperty("Groups", out JsonItem groups)
            && (groups.Kind != JsonKind.Array || groups.Items().Any(group => group.Kind == JsonKind.Object && TemplateFunctions.ReferenceOf(group) is null)))
        {
            unknown.Add($"which groups it is in is known only at deployment ({Place(groups)})");
        }

        if (TypeOf(holder) == "AWS::IAM::User")
        {
            unknown.AddRange(OfType("AWS::IAM::UserToGroupAddition").Select(addition =>
                $"{addition.Name} ({Place(addition.Value)}) puts users into groups, and is not followed; name the groups in Groups of the user"));
        }

        if (HasRoleOfSam(holder))
        {
            AttachOfSam(holder, elsewhere, unknown);
        }

        unknown.AddRange(Macros);
        if (hasTooManyHolders)
        {
            unknown.Add($"{Source.Name} attaches too many policies to tell who has which");
        }

        unknown.AddRange(notes.Unjudged.Where(u => u.Owner.StartsWith(holder.Name + " ", StringComparison.Ordinal))
            .Select(u => $"a policy of it is known only at deployment ({u.Pointer})"));
        unknown.AddRange(notes.Unjudged.Where(u => MayHave(holder, u.Owner.Split(' ')[0])).Select(u => $"the policy of {u.Owner} is known only at deployment"));
        unknown.AddRange(OfType("AWS::IAM::Policy").Concat(OfType("AWS::IAM::ManagedPolicy")).Where(policy => IsAttachedAtDeployment(policy, holder))
            .Select(policy => $"who has {policy.Name} ({Place(policy.Value)}) is known only at deployment"));
        HolderPolicies found = new()
        {
            Identity = identity.ToImmutableArray(),
            Managed = elsewhere.ToImmutable(),
            Trust = Found.FirstOrDefault(f => f.Context.Type == PolicyType.Trust && f.Owner.StartsWith(holder.Name + " ", StringComparison.Ordinal)),
            Arn = TemplateReferences.Of(template, holder.Name, "Arn") is var arn && !UnknownText.IsIn(arn) ? arn : null,
            Unknown = unknown.ToImmutable(),
        };
        return properties.TryGetProperty("PermissionsBoundary", out JsonItem boundary) ? WithBoundary(found, boundary) : found;
    }

    /// <summary>Where managed policies of a holder are listed: by itself and by its groups, and for a function of SAM beside its own.</summary>
    private IEnumerable<TemplatePlace> Lists(JsonMember holder, JsonItem properties, string items)
    {
        foreach (TemplatePlace own in TemplatePlace.At(properties, "ManagedPolicyArns" + items))
        {
            yield return own;
        }

        foreach (TemplatePlace mixed in TypeOf(holder).StartsWith("AWS::Serverless::", StringComparison.Ordinal)
            ? TemplatePlace.At(properties, "Policies" + items) : [])
        {
            yield return mixed;
        }

        foreach (JsonItem name in properties.TryGetProperty("Groups", out JsonItem groups) ? groups.Items() : [])
        {
            string id = name.TryGetProperty("Ref", out JsonItem reference) ? reference.Text : name.Kind == JsonKind.String ? name.Text : "";
            foreach (JsonMember group in OfType("AWS::IAM::Group").Where(g => g.Name == id || NameIn(g, "GroupName") == id))
            {
                foreach (TemplatePlace theirs in group.Value.TryGetProperty("Properties", out JsonItem of) ? TemplatePlace.At(of, "ManagedPolicyArns" + items)
                    : [])
                {
                    yield return theirs;
                }
            }
        }
    }

    private bool IsThere(TemplatePlace place) => place.Under.All(condition => IsMet(condition.Condition) is not { } met || met == condition.IsMet);

    private void Attach(
        TemplatePlace place, List<FoundPolicy> identity, ImmutableArray<(PolicyDocument, IReadOnlyList<(string, bool)>)>.Builder elsewhere,
        ImmutableArray<string>.Builder unknown)
    {
        JsonItem item = place.Value;
        if (item.TryGetProperty("Statement", out _) || TemplateChoice.None.IsNoValue(item))
        {
            return;
        }

        if (TemplateFunctions.ReferenceOf(item) is { } reference && template.Resources.TryGetValue(reference, out JsonItem resource))
        {
            FoundPolicy[] here = [.. Found.Where(f => IsOf(f, reference))];
            identity.AddRange(here.Where(f => !identity.Contains(f)).Select(f => f with { Needed = [.. f.Needed, .. place.Under] }));
            if (here.Length == 0 && !(resource.TryGetProperty("Condition", out JsonItem exists) && IsMet(exists.Text) == false))
            {
                unknown.Add($"what the policy {reference} ({Place(item)}) grants is known only at deployment");
            }

            return;
        }

        string arn = TemplateFunctions.TextOf(item, TemplateChoice.None);
        if (Managed(arn) is { } given)
        {
            elsewhere.Add((given, place.Under));
            return;
        }

        string name = KnownDeployment.NameOfManaged(arn);
        unknown.Add(item.Kind == JsonKind.Object && item.Members() is [var sam] && sam.Name is not "Ref"
            && !sam.Name.StartsWith("Fn::", StringComparison.Ordinal)
            ? $"the SAM policy template {sam.Name} ({Place(item)}) is written out only at deployment; use the template that sam build and CloudFormation made"
            : UnknownText.IsIn(name) ? $"a managed policy is known only at deployment ({Place(item)})"
            : $"the managed policy {name} ({Place(item)}) is not in the template, so that what it grants is not known; {Hints.ManagedPolicy(name)}");
    }

    private static bool IsOfSam(string type) => type is "AWS::Serverless::Function" or "AWS::Serverless::StateMachine";

    private bool HasRoleOfSam(JsonMember resource) => IsOfSam(TypeOf(resource)) && MemberOf(resource, "Role") is null;

    /// <summary>A property of a resource of SAM, or of all functions.</summary>
    private JsonItem? MemberOf(JsonMember resource, string name) =>
        resource.Value.TryGetProperty("Properties", out JsonItem properties) && properties.TryGetProperty(name, out JsonItem own) ? own
        : TypeOf(resource) == "AWS::Serverless::Function" && functions is { } all && all.TryGetProperty(name, out JsonItem common) ? common
        : null;

    private void AttachOfSam(JsonMember holder, ImmutableArray<(PolicyDocument, IReadOnlyList<(string, bool)>)>.Builder elsewhere,
        ImmutableArray<string>.Builder unknown)
    {
        foreach (string name in SamAttachments.Managed(TypeOf(holder), member => MemberOf(holder, member)))
        {
            if (Managed(name) is { } given)
            {
                elsewhere.Add((given, []));
            }
            else
            {
                unknown.Add(
                    $"SAM attaches the managed policy {name} to it, which is not in the template; {Hints.ManagedPolicy(name)}");
            }
        }

        unknown.AddRange(SamAttachments.Inline(member => MemberOf(holder, member))
            .Concat(OfType("AWS::Serverless::Connector").Select(connector => $"the connector {connector.Name}"))
            .Select(what => $"what SAM lets it do for {what} is written out only at deployment; use the template that CloudFormation made"));
    }

    private PolicyDocument? Managed(string text) => known.Managed.TryGetValue(KnownDeployment.NameOfManaged(text), out PolicyDocument? given) ? given
        : KnownDeployment.NameOfManaged(text) switch
        {
            "AdministratorAccess" => AdministratorAccess,
            SamAttachments.BasicExecution => SamAttachments.BasicExecutionPolicy,
            _ => null,
        };

    private HolderPolicies WithBoundary(HolderPolicies found, JsonItem boundary)
    {
        if (boundary.TryGetProperty("Ref", out JsonItem reference)
            && Found.FirstOrDefault(f => f.Owner.StartsWith(reference.Text + " ", StringComparison.Ordinal)) is { } here)
        {
            return found with { Boundary = here };
        }

        string arn = TemplateFunctions.TextOf(boundary, TemplateChoice.None);
        return Managed(arn) is { } given ? found with { ManagedBoundary = given }
            : found with
            {
                UnknownLimits = ImmutableArray.Create(UnknownText.IsIn(arn) ? $"the permissions boundary ({Place(boundary)}) is not in the template"
                    : $"the permissions boundary {KnownDeployment.NameOfManaged(arn)} ({Place(boundary)}) is not in the template; "
                        + Hints.ManagedPolicy(KnownDeployment.NameOfManaged(arn))),
            };
    }

    private static bool IsOf(FoundPolicy found, string resource) => found.Owner.StartsWith(resource + " ", StringComparison.Ordinal);

    /// <summary>A policy as a holder has it: also where the resource that it stands in is attached by a function, or under a condition.</summary>
    private IEnumerable<FoundPolicy> As(FoundPolicy found, JsonMember holder) =>
        found.Holders.Contains(holder.Name) ? [found]
        : template.Resources.TryGetValue(found.Owner.Split(' ')[0], out JsonItem resource) && resource.TryGetProperty("Properties", out JsonItem properties)
            ? ((string[])["Roles/*", "Users/*", "RoleName", "UserName"]).SelectMany(path => TemplatePlace.At(properties, path))
                .Where(place => IsThere(place) && Mentions(place.Value, holder)).Select(place => found with { Needed = [.. found.Needed, .. place.Under] })
        : [];

    /// <summary>Whether a holder may have the policy of another resource; whoever is in groups may have that of any group.</summary>
    private bool MayHave(JsonMember holder, string id) => template.Resources.TryGetValue(id, out JsonItem resource)
        && resource.TryGetProperty("Properties", out JsonItem properties)
        && (((string[])["Roles/*", "Users/*", "RoleName", "UserName"]).SelectMany(path => TemplatePlace.At(properties, path))
                .Any(place => Mentions(place.Value, holder))
            || (TypeOf(holder) == "AWS::IAM::User" && (properties.TryGetProperty("Groups", out _) || properties.TryGetProperty("GroupName", out _))));

    private static bool IsAttachedAtDeployment(JsonMember policy, JsonMember holder) =>
        policy.Value.TryGetProperty("Properties", out JsonItem properties)
        && properties.TryGetProperty(TypeOf(holder) == "AWS::IAM::User" ? "Users" : "Roles", out JsonItem holders)
        && holders.Kind == JsonKind.Object && !TemplatePlace.At(properties, TypeOf(holder) == "AWS::IAM::User" ? "Users/*" : "Roles/*").Any();

    private static bool Mentions(JsonItem value, JsonMember holder) => value.Kind switch
    {
        JsonKind.String => value.Text == (NameIn(holder, "RoleName") ?? NameIn(holder, "UserName")),
        JsonKind.Object => TemplateChoice.TextOf(value) is var text && (text.Contains($"\"{holder.Name}\"") || text.Contains($"${{{holder.Name}}}")),
        _ => false,
    };

    private string Place(JsonItem element) => $"{Source.Name}:{text.LineOf(element)}";

    private static string TypeOf(JsonMember resource) => resource.Value.TryGetProperty("Type", out JsonItem type) && type.Kind == JsonKind.String ? type.Text
        : "";
}
