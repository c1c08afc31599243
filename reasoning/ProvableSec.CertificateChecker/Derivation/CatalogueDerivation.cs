using ProvableSec.CertificateChecker.Values;
using ProvableSec.Policy.Model;
using ProvableSec.ServiceData;
using static ProvableSec.CertificateChecker.Derivation.Formula;

namespace ProvableSec.CertificateChecker.Derivation;

/// <summary>
/// The facts of the assumption <c>catalogue</c> (docs/world-model.md): what the service data list for actions that the question names outright. Of a
/// pattern such as <c>s3:Get*</c> nothing follows, since it takes names that the data do not know.
/// </summary>
internal sealed class CatalogueDerivation(Atoms atoms, CallerDerivation callers, OwnershipDerivation ownership)
{
    private const string Origin = "catalogue";

    /// <summary>A key listed for so large a part of a service's actions comes with all of them.</summary>
    private const double ServiceWide = 0.8;

    // ARNs that belong to AWS itself, which pages besides the reference show.
    private static readonly string[] OfAws =
    [
        "arn:*:ssm:*::parameter/*", "arn:*:ssm:*::document/*", "arn:*:cloudformation:*:aws:transform/*", "arn:*:elasticbeanstalk:*::platform/*",
        "arn:*:elasticbeanstalk:*::solutionstack/*", "arn:*:bedrock:*::foundation-model/*", "arn:*:ec2:*::image/*", "arn:*:ec2:*::snapshot/*",
    ];

    // Keys that come from a session or with every call, although the reference lists them for few actions.
    private static readonly string[] FromElsewhere =
    [
        "ec2:roledelivery", "ec2:sourceinstancearn", "glue:roleassumedby", "glue:credentialissuingservice", "codebuild:buildarn", "codebuild:projectarn",
        "lambda:sourcefunctionarn", "ssm:sourceinstancearn", "identitystore:userid", "credentials-iot:thingname", "credentials-iot:thingtypename",
            "credentials-iot:awscertificateid",
        "ses:apiversion", "ec2:region", "secretsmanager:secretid", "aws-marketplace:productid",
    ];

    private readonly Dictionary<string, bool> telling = new(StringComparer.Ordinal);

    public IEnumerable<Formula> Facts(CertifiedQuestion question)
    {
        IEnumerable<string> named = question.Documents.SelectMany(d => d.Policy.Statements).SelectMany(s => s.Action.Patterns).Select(p => p.Text)
            .Concat(question.Request.Action?.Texts ?? []);
        foreach (string name in named.Select(n => n.ToLowerInvariant()).Distinct().OrderBy(n => n, StringComparer.Ordinal))
        {
            if (!ServiceCatalogue.Default.TryGetAction(name, out ServiceAction? action))
            {
                continue;
            }

            Formula isAction = atoms.In(atoms.Action, PolicyText.Set(TextComparison.Action, [PolicyPattern.Plain(name)]));
            string[] types = [.. action.ResourceTypes.SelectMany(r => r.ResourceType.ArnFormats).Distinct().OrderBy(f => f, StringComparer.Ordinal)];
            bool onStarOnly = types.Length == 0 && name.StartsWith("ec2:describe", StringComparison.Ordinal);
            string service = action.ServicePrefix.ToLowerInvariant();
            string[] formats = onStarOnly ? []
                : [.. types.Length > 0 ? types : ArnServices(service).Select(s => $"arn:${{Partition}}:{s}:${{Region}}:${{Account}}:*"),
                    .. OfAws.Where(a => a.Split(':')[2] == service)];
            var resources = new TextSet(
                $"formats({string.Join(", ", formats.Select(PolicyText.Quoted))}){(types.Length == 0 ? " or *" : "")}",
                [.. types.Length == 0 ? (IEnumerable<Place>[])[Place.Text("*")] : [], .. formats.Select(ArnSets.Format)]);
            yield return Implies(Origin, isAction, atoms.In(atoms.Resource, resources));
            if (types.Length == 0 && !onStarOnly)
            {
                // What is listed without a type is in the caller's account, where it is an ARN.
                yield return Implies(Origin, And(Origin, isAction, atoms.In(atoms.Resource, ArnSets.OfAccount(null))),
                    Or(Origin, Not(callers.HasAccount), ownership.IsCallers));
            }

            foreach (Variable key in atoms.Keys.Where(k => !MayCarry(action, service, k.Key)))
            {
                yield return Implies(Origin, isAction, Not(atoms.Present(key)));
            }
        }
    }

    // AWS Systems Manager User Guide, "ec2messages, ssmmessages, and other API operations": services without resources of their own.
    private static string ResourcesOf(string service) => service is "ssmmessages" or "ec2messages" ? "ssm" : service;

    /// <summary>The third fields of the ARNs of a service.</summary>
    private static IEnumerable<string> ArnServices(string service) =>
        (ServiceCatalogue.Default.TryGetService(service, out Service? known) ? known.ResourceTypes : [])
        .SelectMany(t => t.ArnFormats).Select(f => f.Split(':')).Where(f => f.Length >= 4).Select(f => f[2]).Concat([service, ResourcesOf(service)])
        .Where(s => s.Length > 0 && s.IndexOfAny(['$', '*']) < 0).Distinct().OrderBy(s => s, StringComparer.Ordinal);

    /// <summary>The reference tells only of keys of the action's own service, and its tables are incomplete.</summary>
    private bool MayCarry(ServiceAction action, string service, string key)
    {
        if (!key.StartsWith(service + ":", StringComparison.Ordinal) || IsListed(action, key))
        {
            return true;
        }

        if (!telling.TryGetValue(key, out bool tells))
        {
            telling.Add(key, tells = Tells(service, key));
        }

        return !tells;
    }

    /// <summary>Whether it means anything that the reference does not list a key for some action of its service.</summary>
    private static bool Tells(string service, string key)
    {
        if (service == "iot" || FromElsewhere.Contains(key) || key.StartsWith(service + ":resourcetag/", StringComparison.Ordinal)
            || key.StartsWith("kms:encryptioncontext", StringComparison.Ordinal)
            || !ServiceCatalogue.Default.TryGetService(service, out Service? known))
        {
            return false;
        }

        int with = known.Actions.Count(a => IsListed(a, key));
        return with > 0 && with < ServiceWide * known.Actions.Count;
    }

    private static bool IsListed(ServiceAction action, string key) =>
        action.ConditionKeys.Concat(action.ResourceTypes.SelectMany(r => r.ConditionKeys.Concat(r.ResourceType.ConditionKeys))).Any(k => k.Matches(key));
}
