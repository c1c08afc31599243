namespace ProvableSec.Rules;

/// <summary>The rules about how deployments treat secrets, <c>PSEC23xx</c>: exposed in outputs and parameters, or not rotated; and how containers use
/// CloudHSM.</summary>
public static class DeploymentRules
{
    /// <summary>An output of a template exposes a secret.</summary>
    public static Rule SecretInOutput { get; } = new(
        "PSEC2301", "Secret in a template output", RuleSeverity.Error,
        "Anyone who can describe the stack can read its outputs, and Terraform prints them: they appear in the console, in pipeline logs and in other stacks.",
        "Store the value in a secret of Secrets Manager and output the secret's ARN; better, use a role instead of an access key.", 200)
    {
        Reference = new("CloudFormation template Parameters syntax, NoEcho",
            "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html"),
        Controls = ControlMapping.Shown,
    };

    /// <summary>A parameter that takes a secret isn't masked.</summary>
    public static Rule ParameterWithoutNoEcho { get; } = new(
        "PSEC2302", "Secret parameter without NoEcho", RuleSeverity.Warning,
        "Anyone who can describe the stack or its change sets can read the parameter's value.",
        "Set NoEcho: true; better, replace the parameter with a dynamic reference to Secrets Manager: {{resolve:secretsmanager:…}}.", 200)
    {
        Reference = new("CloudFormation template Parameters syntax, NoEcho",
            "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html"),
        Controls = ControlMapping.Shown,
    };

    /// <summary>Nothing rotates a secret.</summary>
    public static Rule SecretWithoutRotation { get; } = new(
        "PSEC2303", "Secret without rotation", RuleSeverity.Warning,
        "The longer a password stays valid, the more people and systems know it, and the longer a leaked one works.",
        "Add an AWS::SecretsManager::RotationSchedule that rotates every 30 days; for a database, use a hosted rotation function or let the service manage "
            + "the password (ManageMasterUserPassword).", 262)
    {
        Reference = new("Rotate AWS Secrets Manager secrets", "https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets.html"),
        Controls = ControlMapping.Unchanged,
    };

    /// <summary>A secret is rotated too seldom.</summary>
    public static Rule RareRotation { get; } = new(
        "PSEC2304", "Secret rotation interval longer than 30 days", RuleSeverity.Warning,
        "A leaked password works until the next rotation.",
        "Rotate at least every 30 days (AutomaticallyAfterDays: 30, rate(30 days)).", 262)
    {
        Reference = new("Rotate AWS Secrets Manager secrets", "https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets.html"),
        Controls = ControlMapping.Unchanged,
    };

    /// <summary>The certificate that the CloudHSM client trusts can be replaced, or its private key is deployed.</summary>
    public static Rule OpenCustomerCa { get; } = new(
        "PSEC2311", "Replaceable CloudHSM customer CA", RuleSeverity.Error,
        "The client trusts any server whose certificate this CA issued: anyone who can write the file, or has the CA's private key, can impersonate the HSM "
            + "and read what is sent to it.",
        "Copy only customerCA.crt, owned by root and not writable by others; mount it read-only; and keep customerCA.key offline.", 732)
    {
        Reference = new("Bootstrap the AWS CloudHSM Client SDK", "https://docs.aws.amazon.com/cloudhsm/latest/userguide/cluster-connect.html"),
        Controls = new(["T1557"], ControlMapping.Exploitation, "PR.DS-02", ["CRY-02", "CRY-04"], ["A.8.24"], ControlMapping.Data),
    };

    /// <summary>The address of an HSM is hard-coded.</summary>
    public static Rule HsmAddress { get; } = new(
        "PSEC2312", "Hard-coded HSM address", RuleSeverity.Warning,
        "A replaced HSM has a new address: the container then connects to nothing, or to whatever has the old address.",
        "Pass the addresses of at least two HSMs when the container starts (aws cloudhsmv2 describe-clusters).", 1051)
    {
        Reference = new("Bootstrap the AWS CloudHSM Client SDK", "https://docs.aws.amazon.com/cloudhsm/latest/userguide/cluster-connect.html"),
        Controls = new(["T1557"], ControlMapping.Exploitation, "PR.IR-04", [], ["A.8.9"], ControlMapping.Infrastructure),
    };

    /// <summary>The application does not wait for the CloudHSM client.</summary>
    public static Rule HsmClientNotAwaited { get; } = new(
        "PSEC2313", "Application start before the CloudHSM client is ready", RuleSeverity.Warning,
        "The client needs a few seconds to connect to the cluster; until then every login fails, and a program with a fallback runs without the HSM.",
        "In the entry point, wait until the client's log reports that it is ready (libevmulti_init: Ready), with a time limit.", 696)
    {
        Reference = new("Bootstrap the AWS CloudHSM Client SDK", "https://docs.aws.amazon.com/cloudhsm/latest/userguide/cluster-connect.html"),
        Controls = new(["T1557"], ControlMapping.Exploitation, "PR.IR-04", [], ["A.8.9"], ControlMapping.Infrastructure),
    };

    /// <summary>All of them, by id.</summary>
    public static IReadOnlyList<Rule> All { get; } = [SecretInOutput, ParameterWithoutNoEcho, SecretWithoutRotation, RareRotation, OpenCustomerCa, HsmAddress,
        HsmClientNotAwaited];
}
