using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Rules.Stacks;
using ProvableSec.Testing.Sources;

namespace ProvableSec.Testing;

/// <summary>
/// Reads what a test is about, in one line. Files are looked for beside the source file of the test, in the folders above it up to the top of the repository,
/// and beside
/// the test's assembly.
/// </summary>
/// <example>
/// <code>
/// Policies.Load("policies/role.json").ShouldNeverAllow("iam:*");
/// </code>
/// </example>
public static class Policies
{
    /// <summary>A policy standing alone. What it is, an identity policy or an SCP, is told by its file name (<c>*.scp.json</c>) or its content.</summary>
    /// <param name="path">The file.</param>
    /// <param name="caller">Left to the compiler: the file is looked for beside it.</param>
    /// <exception cref="PolicySourceException">It is not there, or is not a policy.</exception>
    public static PolicySubject Load(string path, [CallerFilePath] string caller = "") => Read(path, null, caller);

    /// <summary>A policy standing alone, of a type that neither file name nor content tells: <c>scp</c>, <c>rcp</c>, <c>boundary</c>, <c>session</c>,
    /// <c>endpoint</c>, <c>resource</c>, <c>trust</c>, <c>identity</c>.</summary>
    /// <inheritdoc cref="Load(string, string)"/>
    public static PolicySubject LoadAs(string type, string path, [CallerFilePath] string caller = "") => Read(path, TypeOf(type), caller);

    /// <summary>A policy as JSON text.</summary>
    /// <param name="json">The policy.</param>
    /// <param name="name">What messages call it.</param>
    public static PolicySubject Parse(string json, string name = "the policy") =>
        Alone(new DocumentText(json ?? throw new ArgumentNullException(nameof(json)), name), null);

    /// <summary>A policy that an assembly has as embedded resource.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="name">The resource's name, or its end.</param>
    public static PolicySubject FromResource(Assembly assembly, string name)
    {
        string[] names = assembly.GetManifestResourceNames();
        string found = names.FirstOrDefault(n => n == name) ?? NamePattern.Find(name,
            names.Select(n => (n.EndsWith(name, StringComparison.Ordinal) ? name : n, n)), $"the resources of {assembly.GetName().Name}");
        using Stream stream = assembly.GetManifestResourceStream(found)!;
        using var reader = new StreamReader(stream);
        return Alone(new DocumentText(reader.ReadToEnd(), found), null);
    }

    /// <summary>A policy of the AWS SDK (<c>Amazon.Auth.AccessControlPolicy.Policy</c>) or of the CDK (<c>Amazon.CDK.AWS.IAM.PolicyDocument</c>), by the JSON
    /// that it writes.</summary>
    public static PolicySubject From(object policy, string name = "the policy") => Parse(SdkPolicy.JsonOf(policy), name);

    /// <summary>The roles, users and resources of a CloudFormation or SAM template in JSON or YAML; the CDK writes JSON
    /// (<c>cdk.out/*.template.json</c>).</summary>
    /// <param name="path">The file.</param>
    /// <param name="caller">Left to the compiler: the file is looked for beside it.</param>
    public static TemplatePolicies FromTemplate(string path, [CallerFilePath] string caller = "") => TemplatePolicies.Read(TestFile.Read(path, caller));

    /// <summary>The same for the text of a template.</summary>
    /// <param name="json">The template, in JSON or YAML.</param>
    /// <param name="name">What messages call it.</param>
    public static TemplatePolicies FromTemplateText(string json, string name = "the template") =>
        TemplatePolicies.Read(new DocumentText(json ?? throw new ArgumentNullException(nameof(json)), name));

    /// <summary>
    /// The same for a stack of the CDK, which it synthesizes with <c>Amazon.CDK.Assertions.Template.FromStack</c>: that takes seconds and needs Node, so do it
    /// once
    /// for all tests.
    /// </summary>
    /// <param name="stack">An <c>Amazon.CDK.Stack</c>, or an <c>Amazon.CDK.Assertions.Template</c>.</param>
    public static TemplatePolicies FromCdk(object stack) =>
        TemplatePolicies.Read(new DocumentText(SdkPolicy.TemplateOf(stack), $"the stack {SdkPolicy.NameOf(stack)}"));

    /// <summary>The roles, users and resources of a Terraform plan or state: <c>terraform show -json plan > plan.json</c>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="caller">Left to the compiler: the file is looked for beside it.</param>
    public static PlanPolicies FromTerraformPlan(string path, [CallerFilePath] string caller = "") => PlanPolicies.Read(TestFile.Read(path, caller));

    /// <summary>The users and roles of an account: what <c>aws iam get-account-authorization-details</c> printed, whole or in pages.</summary>
    /// <param name="path">The file.</param>
    /// <param name="caller">Left to the compiler: the file is looked for beside it.</param>
    public static DumpPolicies FromAccountDump(string path, [CallerFilePath] string caller = "") => DumpPolicies.Read(TestFile.Read(path, caller));

    /// <summary>The stacks of a <c>provablesec.json</c>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="caller">Left to the compiler: the file is looked for beside it.</param>
    public static ConfiguredPolicies FromConfiguration(string path = "provablesec.json", [CallerFilePath] string caller = "") =>
        ConfiguredPolicies.Read(path, caller);

    /// <summary>An organization with its SCPs and RCPs (<c>schemas/organization.schema.json</c>), to ask about accounts under it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="caller">Left to the compiler: the file is looked for beside it.</param>
    public static OrganizationPolicies LoadOrganization(string path, [CallerFilePath] string caller = "") => OrganizationPolicies.Read(path, caller);

    /// <summary>A file, or JSON where the text is that.</summary>
    internal static PolicySubject Read(string pathOrJson, PolicyType? type, string caller)
    {
        bool isJson = (pathOrJson ?? throw new ArgumentNullException(nameof(pathOrJson))).TrimStart().StartsWith("{", StringComparison.Ordinal);
        return Alone(isJson ? new DocumentText(pathOrJson, "the policy") : TestFile.Read(pathOrJson, caller), type);
    }

    internal static PolicySubject Alone(PolicyDocument document, PolicyType type, string name) =>
        new(name, ImmutableArray.Create(new Variant("", Subject.Of(document), type)));

    private static PolicySubject Alone(DocumentText source, PolicyType? type)
    {
        PolicyDocument document = PolicyReading.Read(source, type);
        return Alone(document, type ?? PolicyTypeInference.Infer(document).Type, source.Name);
    }

    private static PolicyType TypeOf(string name) => QuestionNames.TypeOf(name)
        ?? throw new PolicySourceException(
            $"\"{name}\" is not a type of policy; {(Spelling.Nearest(name, QuestionNames.AllTypes) is { } meant ? $"did you mean \"{meant}\"? " : "")}there "
                + $"are {string.Join(", ", QuestionNames.AllTypes)}");
}
