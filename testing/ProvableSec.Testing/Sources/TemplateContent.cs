using System.Collections.Immutable;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Documents;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Testing.Sources;

/// <summary>The policies of a template with the values that a test gives, and who has them.</summary>
internal sealed class TemplateContent
{
    private const string OfAws = ":iam::aws:policy/";

    private static readonly PolicyDocument AdministratorAccess = PolicyReader.Read(new DocumentText(
        """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}""", "AdministratorAccess"));

    private readonly DocumentText source;
    private readonly IReadOnlyDictionary<string, PolicyDocument> managed;
    private readonly IReadOnlyDictionary<string, bool> conditions;
    private readonly List<JsonMember> resources;
    private readonly TemplateText text;
    private readonly JsonItem? functions;
    private readonly TemplateParts template;
    private readonly DocumentNotes notes;
    private readonly bool hasTooManyHolders;

    /// <summary>Reads a template.</summary>
    /// <exception cref="PolicySourceException">It is none.</exception>
    public TemplateContent(DocumentText source, IReadOnlyDictionary<string, string> values, IReadOnlyDictionary<string, bool> conditions,
        IReadOnlyDictionary<string, PolicyDocument> managed)
    {
        this.source = source;
        this.managed = managed;
        text = TemplateText.Read(source, values);
        JsonTree json = text.Json;
        if (PolicyDocuments.KindOf(json.Root) is var kind and not DocumentKind.Template)
        {
            string found = kind switch
            {
                DocumentKind.Policy => "a policy; read it with Policies.Load",
                DocumentKind.AccountDump => "an account dump; read it with Policies.FromAccountDump",
                DocumentKind.TerraformPlan => "a Terraform plan; read it with Policies.FromTerraformPlan",
                _ => "not a CloudFormation template: it has no Resources with types",
            };
            throw new PolicySourceException($"{source.Name} is {found}");
        }

        resources = json.Root.TryGetProperty("Resources", out JsonItem listed) ? listed.Members() : [];
        this.conditions = conditions;
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

    /// <summary>The policies.</summary>
    public IReadOnlyList<FoundPolicy> Found { get; }

    /// <summary>Whether a condition is met, by what a test says of it and of the parameters; null where that depends on more.</summary>
    public bool? IsMet(string condition) => new TemplateChoice(template, ImmutableDictionary<string, string?>.Empty, conditions).IsMet(condition);

    /// <summary>Why a policy is not known in every deployment; null where it is.</summary>
    public string? NotAllOf(FoundPolicy found) => notes.PartlyJudged.Any(p => p.Pointer == found.Pointer || (found.IsImplied && p.Owner == found.Owner))
        ? $"the policy of {found.Owner} has more combinations of conditions and parameters than are looked at; give some with .With or .WithCondition" : null;

    /// <summary>What may make other policies of the template: its macros, and loops over what is not known.</summary>
    public IEnumerable<string> Macros => notes.Macros.Select(macro =>
        $"the macro {macro} may make other policies of the template; test the template that CloudFormation made with it").Concat(text.UnknownLoops);

    /// <summary>The resources of a type.</summary>
    public IEnumerable<JsonMember> OfType(string type) => resources.Where(resource => TypeOf(resource) == type);

    /// <summary>The resources that are roles, and those of SAM that come with one of their own.</summary>
    public IEnumerable<JsonMember> Roles => resources.Where(resource => TypeOf(resource) == "AWS::IAM::Role" || HasRoleOfSam(resource));

    /// <summary>The name of a managed policy without what stands before it in an ARN.</summary>
    public static string NameOfManaged(string arn) => arn.IndexOf(OfAws, StringComparison.Ordinal) is >= 0 and var at ? arn.Substring(at + OfAws.Length) : arn;

    /// <summary>A name that is written down.</summary>
    public static string? NameIn(JsonMember resource, string property) =>
        resource.Value.TryGetProperty("Properties", out JsonItem properties) && properties.TryGetProperty(property, out JsonItem name)
            && name.Kind == JsonKind.String ? name.Text : null;

    /// <summary>The policies of a role or user.</summary>
    public HolderPolicies PoliciesOf(JsonMember holder)
    {
        var unknown = ImmutableArray.CreateBuilder<string>();
        var elsewhere = ImmutableArray.CreateBuilder<(PolicyDocument, IReadOnlyList<(string, bool)>)>();
        var identity = Found.Where(f => f.Context.Type == PolicyType.Identity && !f.IsImplied).SelectMany(f => As(f, holder)).ToList();
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
            unknown.Add($"{source.Name} attaches too many policies to tell who has which");
        }

        unknown.AddRange(notes.Unjudged.Where(u => u.Owner.StartsWith(holder.Name + " ", StringComparison.Ordinal))
            .Select(u => $"a policy of it is known only at deployment ({u.Pointer})"));
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
        if (Managed(arn) is { } known)
        {
            elsewhere.Add((known, place.Under));
            return;
        }

        string name = NameOfManaged(arn);
        unknown.Add(item.Kind == JsonKind.Object && item.Members() is [var sam] && sam.Name is not "Ref"
            && !sam.Name.StartsWith("Fn::", StringComparison.Ordinal)
            ? $"the SAM policy template {sam.Name} ({Place(item)}) is written out only at deployment; test the template that sam build and CloudFormation made"
            : UnknownText.IsIn(name) ? $"a managed policy is known only at deployment ({Place(item)})"
            : $"the managed policy {name} ({Place(item)}) is not in the template, so that what it grants is not known; give it with .WithManagedPolicy(\""
                + $"{name}\", \"….json\")");
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
            if ((Managed(name) ?? (name == SamAttachments.BasicExecution ? SamAttachments.BasicExecutionPolicy : null)) is { } known)
            {
                elsewhere.Add((known, []));
            }
            else
            {
                unknown.Add(
                    $"SAM attaches the managed policy {name} to it, which is not in the template; give it with .WithManagedPolicy(\"{name}\", \"….json\")");
            }
        }

        unknown.AddRange(SamAttachments.Inline(member => MemberOf(holder, member))
            .Concat(OfType("AWS::Serverless::Connector").Select(connector => $"the connector {connector.Name}"))
            .Select(what => $"what SAM lets it do for {what} is written out only at deployment; test the template that CloudFormation made"));
    }

    private PolicyDocument? Managed(string text) => managed.TryGetValue(NameOfManaged(text), out PolicyDocument? known) ? known
        : NameOfManaged(text) == "AdministratorAccess" ? AdministratorAccess
        : null;

    private HolderPolicies WithBoundary(HolderPolicies found, JsonItem boundary)
    {
        if (boundary.TryGetProperty("Ref", out JsonItem reference)
            && Found.FirstOrDefault(f => f.Owner.StartsWith(reference.Text + " ", StringComparison.Ordinal)) is { } here)
        {
            return found with { Boundary = here };
        }

        string arn = TemplateFunctions.TextOf(boundary, TemplateChoice.None);
        return Managed(arn) is { } known ? found with { ManagedBoundary = known }
            : found with
            {
                UnknownLimits = ImmutableArray.Create(
                    $"the permissions boundary ({Place(boundary)}) is not in the template"
                        + $"{(UnknownText.IsIn(arn) ? "" : $"; give it with .WithManagedPolicy(\"{NameOfManaged(arn)}\", \"….json\")")}")
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

    private static bool Mentions(JsonItem value, JsonMember holder) => value.Kind switch
    {
        JsonKind.String => value.Text == (NameIn(holder, "RoleName") ?? NameIn(holder, "UserName")),
        JsonKind.Object => TemplateChoice.TextOf(value) is var text && (text.Contains($"\"{holder.Name}\"") || text.Contains($"${{{holder.Name}}}")),
        _ => false,
    };

    private string Place(JsonItem element) => $"{source.Name}:{text.LineOf(element)}";

    private static string TypeOf(JsonMember resource) => resource.Value.TryGetProperty("Type", out JsonItem type) && type.Kind == JsonKind.String ? type.Text
        : "";
}
