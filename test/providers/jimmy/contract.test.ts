import { describeContract } from '../contract/describe-contract.ts';
import { JIMMY_UNDER_TEST } from './under-test.ts';

describeContract(JIMMY_UNDER_TEST);
